using System.Diagnostics;
using DuckDB.NET.Data;

namespace Sluice.Benchmarks.Funnel;

/// <summary>
/// DuckDB on the same events, by chained joins: every entry is followed to the first event of the next step inside its window.
/// </summary>
internal static class DuckDbRival
{
    public static (double Milliseconds, long[] Reached) Run(string parquet, int rounds)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        for (var step = 1; step <= FunnelSample.Steps; step++)
        {
            Execute(
                connection,
                $"create table s{step} as select \"user\" u, second t from '{parquet}' where code = {step}"
            );
        }

        var (best, reached) = (double.MaxValue, Array.Empty<long>());
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            reached = Ask(connection);
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (best, reached);
    }

    private static long[] Ask(DuckDBConnection connection)
    {
        var steps = Enumerable
            .Range(2, FunnelSample.Steps - 1)
            .Select(step =>
                $"""
                    c{step} as materialized (
                      select c.u, c.t0, min(e.t) t from c{step - 1} c join s{step} e
                        on e.u = c.u and e.t >= c.t and e.t <= c.t0 + {FunnelSample.WindowSeconds} group by all)
                    """
            );
        var counts = Enumerable.Range(1, FunnelSample.Steps).Select(step => $"(select count(distinct u) from c{step})");
        using var command = connection.CreateCommand();
        command.CommandText =
            $"with c1 as (select u, t t0, t from s1), {string.Join(", ", steps)} select {string.Join(", ", counts)}";
        using var rows = command.ExecuteReader();
        rows.Read();
        return [.. Enumerable.Range(0, FunnelSample.Steps).Select(rows.GetInt64)];
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
