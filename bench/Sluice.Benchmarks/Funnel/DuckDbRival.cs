using System.Diagnostics;
using DuckDB.NET.Data;

namespace Sluice.Benchmarks.Funnel;

/// <summary>
/// DuckDB on the same events, in three ways: two follow every entry to the first event of the next step inside its window, by joins;
/// the third carries the latest entry that has reached each step along a user's events, by windows.
/// </summary>
internal static class DuckDbRival
{
    private const string Joins = "chained joins over a table for each step";
    private const string AsOfJoins = "chained ASOF joins over a table for each step";
    private const string Windows = "window functions over one table in order of user and time";

    /// <summary>Per way of asking the best time and the users that reached each step.</summary>
    public static IReadOnlyList<(string Way, double Milliseconds, long[] Reached)> Run(string parquet, int rounds)
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

        Execute(
            connection,
            $"create table e as select \"user\" u, second t, code from '{parquet}' where code <= {FunnelSample.Steps}"
        );
        return [Best(Joins, JoinsText), Best(AsOfJoins, AsOfText), Best(Windows, WindowsText)];

        (string, double, long[]) Best(string way, string text)
        {
            var (best, reached) = (double.MaxValue, Array.Empty<long>());
            for (var round = 0; round < rounds; round++)
            {
                var started = Stopwatch.GetTimestamp();
                reached = Ask(connection, text);
                best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return (way, best, reached);
        }
    }

    private static string JoinsText =>
        Chained(step =>
            $"""
                select c.u, c.t0, min(e.t) t from c{step - 1} c join s{step} e
                  on e.u = c.u and e.t >= c.t and e.t <= c.t0 + {FunnelSample.WindowSeconds} group by all
                """
        );

    private static string AsOfText =>
        Chained(step =>
            $"""
                select c.u, c.t0, e.t from c{step - 1} c asof join s{step} e on e.u = c.u and e.t >= c.t
                where e.t <= c.t0 + {FunnelSample.WindowSeconds}
                """
        );

    private static string WindowsText
    {
        get
        {
            var text = "select u, t, code, case when code = 1 then t end e1 from e";
            for (var step = 2; step <= FunnelSample.Steps; step++)
            {
                // Of the chains that have reached the step before, that of the latest entry is the last to end.
                text = $"""
                    select *, case when code = {step} and t - r <= {FunnelSample.WindowSeconds} then r end e{step}
                    from (select *, max(e{step
                        - 1}) over (partition by u order by t rows unbounded preceding) r from ({text}))
                    """;
                text = $"select * exclude (r) from ({text})";
            }

            var counts = Enumerable
                .Range(1, FunnelSample.Steps)
                .Select(step => $"count(distinct case when e{step} is not null then u end)");
            return $"select {string.Join(", ", counts)} from ({text})";
        }
    }

    private static string Chained(Func<int, string> next)
    {
        var steps = Enumerable
            .Range(2, FunnelSample.Steps - 1)
            .Select(step => $"c{step} as materialized ({next(step)})");
        var counts = Enumerable.Range(1, FunnelSample.Steps).Select(step => $"(select count(distinct u) from c{step})");
        return $"with c1 as (select u, t t0, t from s1), {string.Join(", ", steps)} select {string.Join(", ", counts)}";
    }

    private static long[] Ask(DuckDBConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
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
