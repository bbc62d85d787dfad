using System.Globalization;
using Sluice.Core.Sql;

namespace Sluice.Core.Models.Testing;

/// <summary>Reads a few rows as texts.</summary>
internal static class FoundRows
{
    public static async Task<(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows)> ReadAsync(
        ISqlSession session,
        string statement,
        string subject,
        int most,
        CancellationToken cancellationToken
    )
    {
        await using var result = await session.QueryAsync(
            string.Create(CultureInfo.InvariantCulture, $"select * from (\n{statement}\n) limit {most}"),
            subject,
            cancellationToken
        );
        var columns = Enumerable.Range(0, result.Rows.FieldCount).Select(result.Rows.GetName).ToList();
        var rows = new List<IReadOnlyList<string?>>();
        while (await result.ReadAsync(cancellationToken))
        {
            rows.Add([.. Enumerable.Range(0, columns.Count).Select(at => TextOf(result, at))]);
        }

        return (columns, rows);
    }

    private static string? TextOf(SqlResult result, int at) =>
        result.Rows.IsDBNull(at)
            ? null
            : result.Rows.GetValue(at) switch
            {
                DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
                DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                bool truth => truth ? "true" : "false",
                var value => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
}
