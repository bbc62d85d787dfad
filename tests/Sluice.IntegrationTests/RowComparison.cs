using System.Globalization;

namespace Sluice.IntegrationTests;

/// <summary>Compares rows one by one as they come, however many there are.</summary>
internal static class RowComparison
{
    private const int Shown = 5;

    /// <summary>Fails unless both are the same rows in the same order, and shows the first that differ.</summary>
    public static async Task AssertEqualAsync(IAsyncEnumerable<string> expected, IAsyncEnumerable<string> actual)
    {
        await using var left = expected.GetAsyncEnumerator();
        await using var right = actual.GetAsyncEnumerator();
        var different = new List<string>();
        long row = 0;
        while (different.Count < Shown)
        {
            var (more, moreToo) = (await left.MoveNextAsync(), await right.MoveNextAsync());
            if (!more && !moreToo)
            {
                break;
            }

            var (wanted, found) = (more ? left.Current : "nothing", moreToo ? right.Current : "nothing");
            if (wanted != found)
            {
                different.Add(string.Create(CultureInfo.InvariantCulture, $"row {row}: {wanted} is {found}"));
            }

            row++;
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.NotEqual(0, row);
    }
}
