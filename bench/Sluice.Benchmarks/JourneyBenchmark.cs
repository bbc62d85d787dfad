using System.Diagnostics;
using System.Globalization;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb;
using Sluice.Lake.Journeys;

namespace Sluice.Benchmarks;

/// <summary>What building and opening a journeys index takes, over made-up visits: ten per user, in no order.</summary>
internal static class JourneyBenchmark
{
    /// <summary>Rows of the event table.</summary>
    public static async Task RunAsync(long events)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        try
        {
            var engine = new DuckDbEngine(new DuckDbOptions());
            var users = Math.Max(1, events / 10);
            var source = await WriteAsync(engine, folder, events, users);
            var store = new FileJourneyStore(Path.Combine(folder, ".sluice"));
            var started = Stopwatch.GetTimestamp();
            var outcome = await new JourneyBuild(engine, engine, store).RunAsync(source);
            var built = Stopwatch.GetElapsedTime(started);
            var peak = Machine.PeakMegabytes();
            var opens = new List<double>();
            for (var round = 0; round < 5; round++)
            {
                started = Stopwatch.GetTimestamp();
                using var index = await store.OpenAsync(outcome.Id);
                opens.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            var bytes = new DirectoryInfo(Path.Combine(folder, ".sluice", "journeys", outcome.Id))
                .EnumerateFiles()
                .Sum(file => file.Length);
            Console.Out.WriteLine();
            Console.Out.WriteLine(Machine.Description);
            Console.Out.WriteLine();
            Console.Out.WriteLine("| events | users | build s | events/s | peak MB | index MB | open and check ms |");
            Console.Out.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
            Console.Out.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {events:N0} | {users:N0} | {built.TotalSeconds:0.0} | {events / built.TotalSeconds:N0} | {peak:0} | {bytes / 1e6:0} | {Median.Of(opens):0} |"
                )
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // hash() is the seeded generator: the same rows on every machine.
    private static async Task<JourneySource> WriteAsync(DuckDbEngine engine, string folder, long events, long users)
    {
        var number = CultureInfo.InvariantCulture;
        var visits = await TableAsync(
            engine,
            Path.Combine(folder, "visits"),
            string.Create(
                number,
                $"""
                select cast(hash(i * 7 + 1) % {users} as bigint) as user_id,
                  to_timestamp(1420070400 + cast(hash(i * 13 + 5) % 31536000 as bigint)) as occurred_at,
                  'step' || (hash(i * 17 + 3) % 12) as page
                from range({events}) t(i)
                """
            )
        );
        var people = await TableAsync(
            engine,
            Path.Combine(folder, "people"),
            string.Create(
                number,
                $"""
                select cast(i as bigint) as user_id, case when i % 3 < 2 then ['Female', 'Male'][i % 3 + 1] end as sex,
                  'source' || (hash(i) % 12) as source, 'device' || (hash(i + 9) % 4) as device,
                  date '2014-01-01' + cast(hash(i + 3) % 700 as integer) as date
                from range({users}) t(i)
                """
            )
        );
        return new JourneySource
        {
            Events = visits,
            Incarnation = "visits",
            Unit = visits.Schema.Find("user_id")!,
            Time = visits.Schema.Find("occurred_at")!,
            Name = visits.Schema.Find("page")!,
            Users = new(people, "people", people.Schema.Find("user_id")!),
        };
    }

    private static async Task<SqlRelation> TableAsync(DuckDbEngine engine, string folder, string select)
    {
        Directory.CreateDirectory(folder);
        var written = await engine.MaterializeAsync(new SqlQuery(select, []), folder);
        return new(
            TableId.Mart(Path.GetFileName(folder)),
            written.Schema,
            [
                .. written.Files.Select(file => new DataFile
                {
                    Path = file.Path,
                    Bytes = new FileInfo(file.Path).Length,
                    Rows = file.Rows,
                    Interval = "",
                }),
            ]
        );
    }
}
