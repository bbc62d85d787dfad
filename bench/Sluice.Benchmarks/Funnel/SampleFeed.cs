using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Benchmarks.Funnel;

/// <summary>The sample's events as rows of a source, hour after hour as they come in; within an hour by user.</summary>
internal sealed class SampleFeed(FunnelSample sample) : IRowFeed
{
    private const int SecondsOfHour = 3_600;

    private static readonly byte[][] Names =
    [
        .. Enumerable.Range(0, FunnelSample.Names + 1).Select(code => (byte[])[.. "step"u8, .. Digits(code)]),
    ];

    /// <summary>The name of an event in the project.</summary>
    public static string NameOf(int code) => $"step{code}";

    public Task<TableSchema> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            new TableSchema([
                new("user_id", ColumnKind.Long),
                new("seen", ColumnKind.Timestamp),
                new("name", ColumnKind.String),
            ])
        );

    public async IAsyncEnumerable<RowPage> ReadAsync(
        SourceTable table,
        TableSchema schema,
        Func<CancellationToken, ValueTask<RowPage>> rent,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var page = await rent(cancellationToken);
        foreach (var hour in Hours())
        {
            foreach (var (user, second, code) in hour)
            {
                ((FixedColumnBuffer<long>)page.Columns[0]).Append(user);
                ((FixedColumnBuffer<long>)page.Columns[1]).Append(FunnelSample.MicrosOf(second));
                ((BytesColumnBuffer)page.Columns[2]).Append(Names[code]);
                if (page.IsFull)
                {
                    yield return page;
                    page = await rent(cancellationToken);
                }
            }
        }

        if (page.Rows > 0)
        {
            yield return page;
        }
    }

    private List<(int User, int Second, byte Code)>[] Hours()
    {
        var hours = Enumerable
            .Range(0, (FunnelSample.MostSeconds / SecondsOfHour) + 1)
            .Select(_ => new List<(int, int, byte)>())
            .ToArray();
        sample.Replay(
            (user, seconds, codes) =>
            {
                for (var i = 0; i < seconds.Length; i++)
                {
                    hours[seconds[i] / SecondsOfHour].Add((user, seconds[i], codes[i]));
                }
            }
        );
        return hours;
    }

    private static byte[] Digits(int code) =>
        System.Text.Encoding.UTF8.GetBytes(code.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
