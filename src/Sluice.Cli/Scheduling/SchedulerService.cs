using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core.Scheduling.Service;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Cli.Scheduling;

/// <summary>A scheduler with all that it needs, until it is told to stop.</summary>
/// <param name="sluice">The project.</param>
internal sealed class SchedulerService(Composition sluice)
{
    private static readonly TimeSpan KillAfter = TimeSpan.FromSeconds(10);

    // No timer takes more than 49 days.
    private static readonly TimeSpan LongestGrace = TimeSpan.FromDays(49);

    public required int Parallelism { get; init; }

    public required bool InProcess { get; init; }

    public required TimeSpan Grace { get; init; }

    public required TimeSpan Lease { get; init; }

    public required (string Host, int Port)? Address { get; init; }

    public async Task RunAsync(StopSignals signals)
    {
        await using var store = sluice.OpenRuns();
        var watch = new ProjectWatch(sluice);
        // Who is called has the grace, as tasks have it.
        using var noMoreCalls = new CancellationTokenSource(Timeout.InfiniteTimeSpan, sluice.Clock);
        await using var atStop = signals.Stop.Register(() =>
            noMoreCalls.CancelAfter(Grace < LongestGrace ? Grace : LongestGrace)
        );
        await using var atHurry = signals.Hurry.Register(noMoreCalls.Cancel);
        SchedulerLog? log = null;
        log = new SchedulerLog(
            new CallbackSender(sluice.Project.Root, text => log!.Write(text), noMoreCalls.Token),
            sluice.Clock,
            id => watch.Current.Dags.ById.GetValueOrDefault(id)?.TimeZone ?? sluice.Project.TimeZone
        );
        var options = new SchedulerOptions(WorkerId.Own)
        {
            Parallelism = Parallelism,
            Pools = sluice.Project.Pools,
            Lease = Lease,
            Grace = Grace,
            IsGone = WorkerId.IsGone,
            TokensAbove = await sluice.GreatestTokenAsync(signals.Stop),
            Seed = WorkerId.Own.GetHashCode(StringComparison.Ordinal),
        };
        IExecutor executor = InProcess
            ? new InProcessExecutor(() => new TaskDispatch(watch.Current, ownSession: true), sluice.Logs, sluice.Clock)
            : new ProcessExecutor(sluice.Project.Root, watch, sluice.Logs, KillAfter, sluice.Clock);
        using var endpoint = Address is { } address
            ? new HealthEndpoint(address.Host, address.Port, () => Health(store, watch.Current.Dags))
            : null;
        log.Write(
            string.Create(CultureInfo.InvariantCulture, $"scheduler {options.Worker}: {sluice.Dags.All.Count} DAGs")
                + (
                    Address is { } at
                        ? FormattableString.Invariant($", http://{at.Host}:{at.Port}/health and /metrics")
                        : ""
                )
        );
        await using var stopping = signals.Stop.Register(() =>
            log.Write(
                $"stopping: tasks may go on for {ValueText.Span(Grace)}, and a second signal hands them back at once"
            )
        );
        try
        {
            await new Scheduler(sluice.Dags, store, executor, options, sluice.Clock, log, watch.Read).RunAsync(
                stop: signals.Stop,
                hurry: signals.Hurry
            );
        }
        finally
        {
            await log.CalledAsync();
        }

        log.Write("stopped");
    }

    private static (bool IsWell, object Facts) Health(IRunStore store, DagSet dags)
    {
        try
        {
            return store.Read(reader =>
            {
                var isAlive = reader
                    .Workers()
                    .Any(worker => worker.Id == WorkerId.Own && worker.LeaseUntil > reader.Now);
                return (
                    isAlive,
                    (object)
                        new Dictionary<string, object>
                        {
                            ["status"] = isAlive ? "ok" : "stalled",
                            ["worker"] = WorkerId.Own,
                            ["dags"] = dags.All.Count,
                            ["running_tasks"] = reader.Held().Count,
                            ["late_dags"] = dags
                                .All.Where(dag => Lateness.IsLate(reader, dag))
                                .Select(dag => dag.Id)
                                .ToList(),
                        }
                );
            });
        }
        catch (Core.PipelineException failure)
        {
            return (false, new Dictionary<string, object> { ["status"] = "no store", ["reason"] = failure.Message });
        }
    }
}
