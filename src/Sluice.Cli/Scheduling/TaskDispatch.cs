using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Project.Scheduling;

namespace Sluice.Cli.Scheduling;

/// <summary>Does the work of a task in this process, whatever its kind, with its templates filled in.</summary>
/// <param name="sluice">The project.</param>
/// <param name="ownSession">Whether commands get a session of their own; not where whoever started this process cleans up after it.</param>
/// <param name="isAlone">Whether this process does one task and nothing else.</param>
internal sealed class TaskDispatch(Composition sluice, bool ownSession, bool isAlone = false)
{
    /// <summary>Does it.</summary>
    /// <param name="wanted">The task.</param>
    /// <param name="output">Gets what it writes, line by line.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="events">Told what belongs into the log; may be null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<TaskOutcome> RunAsync(
        WantedTask wanted,
        Action<string> output,
        IProgress<TaskProgress> progress,
        IProgress<TaskEvent>? events,
        CancellationToken cancellationToken
    )
    {
        var run = new DagRun(wanted.Dag.Id, wanted.Interval, wanted.Kind)
        {
            Since = wanted.Interval.End,
            Params = wanted.Params,
        };
        return wanted.Task.Work switch
        {
            TaskWork.Shell shell => await new ShellCommand(sluice.Project.Root, output, ownSession, isAlone).RunAsync(
                Text(shell.Command),
                Variables(wanted, run),
                cancellationToken
            ),
            TaskWork.Http http => await HttpRequest.SendAsync(
                http with
                {
                    Url = Text(http.Url),
                    Body = http.Body is { } body ? Text(body) : null,
                    Headers = http.Headers.ToDictionary(header => header.Key, header => Text(header.Value)),
                },
                output,
                cancellationToken
            ),
            TaskWork.Sql sql => await new SqlTask(sluice).RunAsync(
                Text(sql.Statement),
                sql.To is { } to ? Text(to) : null,
                output,
                cancellationToken
            ),
            _ => await sluice
                .Pipeline(events)
                .RunTaskAsync(
                    wanted.Dag,
                    wanted.Task,
                    wanted.Interval,
                    wanted.Options,
                    wanted.Token,
                    progress,
                    cancellationToken
                ),
        };

        string Text(string template) =>
            TaskTemplates.Render(template, run, wanted.Dag, Environment.GetEnvironmentVariable);
    }

    private static Dictionary<string, string> Variables(WantedTask wanted, DagRun run)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SLUICE_DAG_ID"] = wanted.Dag.Id,
            ["SLUICE_TASK_ID"] = wanted.Task.Id,
            ["SLUICE_RUN_ID"] = run.Id,
            ["SLUICE_DS"] = run.Interval.Ds,
            ["SLUICE_DATA_INTERVAL_START"] = InstantText.Of(run.Interval.Start),
            ["SLUICE_DATA_INTERVAL_END"] = InstantText.Of(run.Interval.End),
        };
        if (wanted.Token is { } token)
        {
            variables["SLUICE_FENCING_TOKEN"] = token.ToString(CultureInfo.InvariantCulture);
        }

        return variables;
    }
}
