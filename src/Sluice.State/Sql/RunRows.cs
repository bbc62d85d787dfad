using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;
using Sluice.Core.Time;

namespace Sluice.State.Sql;

/// <summary>Runs as rows: one for each task, with the run before it; or one without a task.</summary>
internal static class RunRows
{
    private const string DateFormat = "yyyy-MM-dd";
    private const int Task = 10;

    private static readonly Dictionary<string, RunState> RunStates = ByName<RunState>(NameOf);
    private static readonly Dictionary<string, RunKind> RunKinds = ByName<RunKind>(NameOf);
    private static readonly Dictionary<string, TaskState> States = ByName<TaskState>(TaskStates.ToName);

    /// <summary>Reads the runs of a DAG; the rows of one stand together.</summary>
    public static IReadOnlyList<DagRun> Read(string dagId, DbDataReader rows)
    {
        var runs = new List<DagRun>();
        var more = rows.Read();
        while (more)
        {
            var (start, run) = (rows.GetInt64(0), ReadRun(dagId, rows));
            var tasks = new Dictionary<string, TaskInstance>(StringComparer.Ordinal);
            for (; more && rows.GetInt64(0) == start; more = rows.Read())
            {
                if (!rows.IsDBNull(Task))
                {
                    tasks.Add(rows.GetString(Task), ReadTask(rows));
                }
            }

            runs.Add(tasks.Count == 0 ? run : run with { Tasks = tasks });
        }

        return runs;
    }

    /// <summary>An interval whose three columns begin at one.</summary>
    public static DataInterval ReadInterval(DbDataReader rows, int column) =>
        new(
            Instants.FromColumn(rows.GetInt64(column)),
            Instants.FromColumn(rows.GetInt64(column + 1)),
            DateOnly.ParseExact(rows.GetString(column + 2), DateFormat, CultureInfo.InvariantCulture)
        );

    public static string DateOf(DataInterval interval) =>
        interval.LogicalDate.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Gives <see cref="StoreSql.SaveRun"/> its values.</summary>
    public static SqlStatement WithRun(this SqlStatement statement, DagRun run) =>
        statement
            .With("dag", run.DagId)
            .With("start", run.Interval.Start)
            .With("end", run.Interval.End)
            .With("date", DateOf(run.Interval))
            .With("kind", NameOf(run.Kind))
            .With("state", NameOf(run.State))
            .With("since", run.Since)
            .With("started_at", run.StartedAt)
            .With("owner", run.Owner)
            .With("params", run.Params.Count == 0 ? null : JsonSerializer.Serialize(run.Params))
            .With("is_late", run.IsLate);

    /// <summary>Gives <see cref="StoreSql.SaveTask"/> its values.</summary>
    public static SqlStatement WithTask(this SqlStatement statement, DagRun run, string id, TaskInstance task) =>
        statement
            .With("dag", run.DagId)
            .With("start", run.Interval.Start)
            .With("task", id)
            .With("state", task.State.ToName())
            .With("since", task.Since)
            .With("tries", task.Tries)
            .With("tries_before", task.TriesBefore)
            .With("retry_at", task.RetryAt)
            .With("claim_worker", task.Claim?.Worker)
            .With("claim_token", task.Claim?.Token)
            .With("started_at", task.StartedAt)
            .With("losses", task.Losses)
            .With("is_again", task.IsAgain)
            .With("is_stale", task.IsStale)
            .With("reason", task.Reason);

    private static DagRun ReadRun(string dagId, DbDataReader rows)
    {
        var run = new DagRun(dagId, ReadInterval(rows, 0), RunKinds[rows.GetString(3)])
        {
            State = RunStates[rows.GetString(4)],
            Since = Instants.FromColumn(rows.GetInt64(5)),
            StartedAt = InstantAt(rows, 6),
            Owner = TextAt(rows, 7),
            IsLate = rows.GetBoolean(9),
        };
        return TextAt(rows, 8) is { } json
            ? run with
            {
                Params = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!,
            }
            : run;
    }

    private static TaskInstance ReadTask(DbDataReader rows) =>
        new(States[rows.GetString(Task + 1)], Instants.FromColumn(rows.GetInt64(Task + 2)))
        {
            Tries = (int)rows.GetInt64(Task + 3),
            TriesBefore = (int)rows.GetInt64(Task + 4),
            RetryAt = InstantAt(rows, Task + 5),
            Claim = TextAt(rows, Task + 6) is { } worker ? new(worker, rows.GetInt64(Task + 7)) : null,
            StartedAt = InstantAt(rows, Task + 8),
            Losses = (int)rows.GetInt64(Task + 9),
            IsAgain = rows.GetBoolean(Task + 10),
            IsStale = rows.GetBoolean(Task + 11),
            Reason = TextAt(rows, Task + 12),
        };

    private static string? TextAt(DbDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    public static DateTimeOffset? InstantAt(DbDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : Instants.FromColumn(rows.GetInt64(column));

    private static Dictionary<string, T> ByName<T>(Func<T, string> nameOf)
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(nameOf, StringComparer.Ordinal);

    private static string NameOf(RunState state) =>
        state switch
        {
            RunState.Queued => "queued",
            RunState.Running => "running",
            RunState.Success => "success",
            RunState.Failed => "failed",
        };

    private static string NameOf(RunKind kind) =>
        kind switch
        {
            RunKind.Scheduled => "scheduled",
            RunKind.Manual => "manual",
            RunKind.Backfill => "backfill",
        };
}
