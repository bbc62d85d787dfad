using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>Holds the checksums of the source against the current rows of the log.</summary>
/// <param name="engine">Computes those of the lake.</param>
/// <param name="staging">Where the ranges are written for it.</param>
/// <param name="plan">The key and the columns.</param>
/// <param name="zone">The source's time zone; null for none.</param>
internal sealed class LakeDigests(ISqlEngine engine, IStagingArea staging, DigestPlan plan, TimeZoneInfo? zone)
{
    /// <summary>Compares ranges that follow each other, ascending.</summary>
    /// <param name="current">The log's current rows.</param>
    /// <param name="ranges">The ranges.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Rows of the lake in them, and the ranges that differ.</returns>
    public async Task<(long Rows, List<KeyRange> Different)> CompareAsync(
        SqlRelation current,
        IReadOnlyList<KeyRange> ranges,
        CancellationToken cancellationToken
    )
    {
        var relation = await WriteAsync(staging, ranges);
        var statement = DigestSql.Compare(plan.KeyInLake, plan.Columns, zone?.Id, ranges[0].Low, ranges[^1].High);
        await using var result = await engine.QueryAsync(
            new SqlQuery(statement, [current, relation]) { Subject = "reconcile" },
            cancellationToken
        );
        var (rows, different) = (0L, new List<KeyRange>());
        while (await result.ReadAsync(cancellationToken))
        {
            rows += Convert.ToInt64(result.Rows.GetValue(1), CultureInfo.InvariantCulture);
            if (!result.Rows.GetBoolean(2))
            {
                different.Add(ranges[Convert.ToInt32(result.Rows.GetValue(0), CultureInfo.InvariantCulture)]);
            }
        }

        return (rows, different);
    }

    /// <summary>Writes ranges where the engine can join them.</summary>
    public static async Task<SqlRelation> WriteAsync(IStagingArea staging, IReadOnlyList<KeyRange> ranges)
    {
        await using var writer = staging.CreateWriter(DigestSql.RangeColumns);
        var page = new RowPage(DigestSql.RangeColumns);
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            ((FixedColumnBuffer<int>)page.Columns[0]).Append(i);
            ((FixedColumnBuffer<long>)page.Columns[1]).Append(range.Low);
            ((FixedColumnBuffer<long>)page.Columns[2]).Append(range.High);
            // A number that no range has: what the source could not compute differs.
            ((FixedColumnBuffer<long>)page.Columns[3]).Append(range.Digest.IsComplete ? range.Digest.Rows : -1);
            ((FixedColumnBuffer<Int128>)page.Columns[4]).Append(range.Digest.First);
            ((FixedColumnBuffer<Int128>)page.Columns[5]).Append(range.Digest.Second);
            if (page.IsFull)
            {
                writer.Write(page);
                page.Clear();
            }
        }

        if (page.Rows > 0)
        {
            writer.Write(page);
        }

        return new(DigestSql.Ranges, DigestSql.RangeColumns, [.. writer.Finish().Select(file => file.AsDataFile())]);
    }
}
