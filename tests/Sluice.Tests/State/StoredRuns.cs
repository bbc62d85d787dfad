using System.Globalization;
using System.Text;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.Tests.State;

/// <summary>Words for tests of run stores.</summary>
internal static class StoredRuns
{
    public static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static DataInterval Hour(int number) =>
        new(
            Midnight.AddHours(number),
            Midnight.AddHours(number + 1),
            DateOnly.FromDateTime(Midnight.AddHours(number).Date)
        );

    public static DagRun Run(string dag, int hour, RunState state = RunState.Running) =>
        new(dag, Hour(hour), RunKind.Scheduled) { State = state, Since = Midnight };

    public static TaskInstance Task(TaskState state, string? worker = null, long token = 0) =>
        new(state, Midnight) { Claim = worker is null ? null : new(worker, token) };

    public static void Save(this IRunStore store, params DagRun[] runs) =>
        store.Write(transaction =>
        {
            foreach (var run in runs)
            {
                transaction.Save(run);
            }

            return true;
        });

    /// <summary>Counts one further in a run, as a scheduler does: it reads, decides and writes. Gives the number.</summary>
    public static int Increment(this IRunTransaction transaction, string dag)
    {
        var run = transaction.Find(dag, Midnight) ?? Run(dag, 0);
        var next = run.Task("count") with { Tries = run.Task("count").Tries + 1 };
        transaction.Save(run.With("count", next));
        return next.Tries;
    }

    public static int CountOf(this IRunReader reader, string dag) =>
        reader.Find(dag, Midnight)?.Task("count").Tries ?? 0;

    /// <summary>All that can be read of some DAGs, but for times of the store's own clock.</summary>
    public static string Describe(this IRunReader reader, IEnumerable<string> dags)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"change {reader.Change}, since {reader.Change / 2}: {string.Join(", ", reader.ChangedSince(reader.Change / 2))}"
        );
        text.AppendLine(
            $"workers {string.Join(", ", reader.Workers().Select(worker => worker.Id))}; held {string.Join(", ", reader.Held())}"
        );
        foreach (var dag in dags)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{dag}: {reader.Dag(dag)}");
            Add("active", reader.Active(dag));
            Add("latest", reader.Latest(dag, 2));
            Add("between", reader.Between(dag, Midnight.AddHours(1), Midnight.AddHours(4)));
            foreach (var run in reader.Latest(dag, 100))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {Describe(run)}");
                Assert.Equal(Describe(run), Describe(reader.Find(dag, run.Interval.Start)!));
            }
        }

        return text.ToString();

        void Add(string what, IEnumerable<DagRun> runs) =>
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {what} {string.Join(", ", runs.Select(run => run.Interval.Id))}"
            );
    }

    /// <summary>All of a run, instants to the last tick.</summary>
    public static string Describe(DagRun run) =>
        $"{run.Interval.Id} {run.Interval.Start.Ticks} {run.Interval.LogicalDate:O} {run.Kind} {run.State} {Tick(run.Since)} {Tick(run.StartedAt)} '{run.Owner}' {run.IsLate} "
        + $"{{{string.Join(", ", run.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"'{pair.Key}': '{pair.Value}'"))}}} "
        + string.Join(
            "; ",
            run.Tasks.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key} {Describe(pair.Value)}")
        );

    private static string Describe(TaskInstance task) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{task.State} {Tick(task.Since)} {task.Tries} {task.TriesBefore} {Tick(task.RetryAt)} {task.Claim} {Tick(task.StartedAt)} {task.Losses} {task.IsAgain} {task.IsStale} '{task.Reason}'"
        );

    private static string Tick(DateTimeOffset? at) => at?.UtcTicks.ToString(CultureInfo.InvariantCulture) ?? "-";
}
