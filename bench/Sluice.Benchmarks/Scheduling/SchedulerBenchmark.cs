using System.Diagnostics;
using System.Globalization;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Scheduling.Timetables;
using Sluice.State.Sqlite;

namespace Sluice.Benchmarks.Scheduling;

/// <summary>
/// What scheduling itself costs: many hourly DAGs spread over the hour, whose tasks do nothing, over the store on disk; then one
/// empty task, in process and as a process of its own, beside a bare start of a process.
/// </summary>
internal static class SchedulerBenchmark
{
    private const int TasksOfADag = 10;
    private const double Hour = 3600;

    public static async Task RunAsync(int dags, TimeSpan span, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-");
        try
        {
            await ManyAsync(dags, span, Path.Combine(folder.FullName, "many.db"));
            await EmptyTaskAsync(rounds, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ManyAsync(int number, TimeSpan span, string path)
    {
        var dags = Enumerable.Range(0, number).Select(i => Hourly(i, i * Hour / number)).ToList();
        await using var store = SqliteRunStore.Open(path, TimeProvider.System);
        store.Write(transaction =>
        {
            // What was over before is not made up for: the hour begins as it goes on.
            foreach (var dag in dags)
            {
                transaction.SaveLatest(dag.Id, dag.Timetable.LastEndedBy(transaction.Now - dag.Delay)!.Value);
            }

            return 0;
        });
        using var stop = new CancellationTokenSource(span);
        var (cpu, began) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.GetTimestamp());
        await Scheduler(dags, store).RunAsync(stop: stop.Token);
        var share = (Process.GetCurrentProcess().TotalProcessorTime - cpu) / Stopwatch.GetElapsedTime(began);
        var runs = store.Read(reader => dags.SelectMany(dag => reader.Latest(dag.Id, 1)).ToList());
        var done = runs.Where(run => !run.IsActive).ToList();
        var delays = done.Select(run =>
                (run.StartedAt!.Value - run.Interval.End - dags[Index(run.DagId)].Delay).TotalSeconds
            )
            .Order()
            .ToList();
        Console.Out.WriteLine();
        Console.Out.WriteLine(
            "| hourly DAGs | seconds | runs done | tasks done | share of one core | delay median s | p99 s | longest s | ms a task |"
        );
        Console.Out.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        Console.Out.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {number} | {span.TotalSeconds:0} | {done.Count} | {done.Count * TasksOfADag} | {share:0.000} | {At(delays, 0.5):0.000} | {At(delays, 0.99):0.000} | {At(delays, 1):0.000} | {Median.Of(done.Select(run => (run.Since - run.StartedAt!.Value).TotalMilliseconds / TasksOfADag)):0.0} |"
            )
        );
    }

    private static async Task EmptyTaskAsync(int rounds, string folder)
    {
        var inProcess = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            inProcess.Add(await ChainAsync(Path.Combine(folder, $"{round}.db")));
        }

        File.WriteAllText(
            Path.Combine(folder, "sluice.yaml"),
            "name: empty\nsources: {}\ndags: {d: {schedule: none, tasks: {t: {empty: }}}}\n"
        );
        string[] task = ["tasks", "run", "d", "t", "--date", "2026-01-01", "--quiet"];
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            ours.Add(CommandProcess.Run(folder, CommandProcess.Sluice, task).Milliseconds);
            theirs.Add(CommandProcess.Run(folder, CommandProcess.Empty).Milliseconds);
        }

        Console.Out.WriteLine();
        Console.Out.WriteLine("| an empty task | median ms |");
        Console.Out.WriteLine("|---|---:|");
        Row("in process, in a chain of ten over the store on disk", inProcess);
        Row("a bare .NET process", theirs.Skip(1));
        Row("`sluice tasks run`, a process of its own", ours.Skip(1));
        Row("of it, beyond the bare process", ours.Zip(theirs, (a, b) => a - b).Skip(1));

        static void Row(string name, IEnumerable<double> figures) =>
            Console.Out.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median.Of(figures):0.0} |")
            );
    }

    private static async Task<double> ChainAsync(string path)
    {
        var dag = Hourly(0, 0);
        await using var store = SqliteRunStore.Open(path, TimeProvider.System);
        var interval = dag.Timetable.LastEndedBy(TimeProvider.System.GetUtcNow())!.Value;
        store.Write(transaction =>
        {
            transaction.SaveLatest(dag.Id, interval);
            return RunRequests.Trigger(transaction, dag, interval, new Dictionary<string, string>());
        });
        await Scheduler([dag], store).RunAsync(reader => reader.Find(dag.Id, interval.Start) is { IsActive: false });
        var run = store.Read(reader => reader.Find(dag.Id, interval.Start))!;
        return (run.Since - run.StartedAt!.Value).TotalMilliseconds / TasksOfADag;
    }

    private static Scheduler Scheduler(IReadOnlyList<DagDefinition> dags, IRunStore store) =>
        new(new(dags), store, new Nothing(), new("bench"), TimeProvider.System);

    private static DagDefinition Hourly(int index, double second) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"d{index}"),
            [
                .. Enumerable
                    .Range(0, TasksOfADag)
                    .Select(i => new TaskDefinition(
                        string.Create(CultureInfo.InvariantCulture, $"t{i}"),
                        new TaskWork.Shell("true"),
                        i == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"t{i - 1}")]
                    )),
            ]
        )
        {
            Timetable = CronTimetable.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{(int)second / 60} * * * *"),
                TimeZoneInfo.Utc
            ),
            Delay = TimeSpan.FromSeconds(second % 60),
        };

    private static int Index(string dagId) => int.Parse(dagId.AsSpan(1), CultureInfo.InvariantCulture);

    private static double At(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(share * sorted.Count))];

    private sealed class Nothing : IExecutor
    {
        public Task<TaskOutcome> RunAsync(
            TaskTry attempt,
            IProgress<TaskProgress> progress,
            CancellationToken cancellationToken
        ) => Task.FromResult(new TaskOutcome());
    }
}
