using System.Diagnostics;
using Sluice.Core.Pipelines;
using Sluice.Core.Scheduling;
using Sluice.Core.Time;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Shows a run while it works, then what came of it.</summary>
internal static class RunReport
{
    /// <summary>Runs and shows; returns the exit code.</summary>
    public static async Task<int> ShowAsync(
        bool quiet,
        DataInterval interval,
        Func<IProgress<TaskEvent>, Task<PipelineResult>> run
    )
    {
        var started = Stopwatch.GetTimestamp();
        var result = await WatchAsync(quiet, run);
        if (!result.Succeeded)
        {
            Console.Error.WriteLine($"error: the run for {interval.Ds} failed; nothing was published.");
            Console.Error.WriteLine("  What was loaded stays loaded: mend what failed and run again.");
            return ExitCode.Failed;
        }

        Console.Out.WriteLine(Summary(result, interval, Stopwatch.GetElapsedTime(started)));
        return ExitCode.Done;
    }

    /// <summary>Runs with a live line for the task at work, or with plain lines.</summary>
    public static async Task<T> WatchAsync<T>(
        bool quiet,
        Func<IProgress<TaskEvent>, Task<T>> run,
        IProgress<TaskEvent>? also = null
    )
    {
        if (quiet || !Terminal.IsLive)
        {
            return await run(new TaskLines(live: null, also, TimeProvider.System));
        }

        var result = default(T);
        await Terminal
            .Out.Status()
            .Spinner(Spinner.Known.Dots)
            .StartAsync("starting", async live => result = await run(new TaskLines(live, also, TimeProvider.System)));
        return result!;
    }

    private static string Summary(PipelineResult result, DataInterval interval, TimeSpan elapsed)
    {
        var took = ValueText.Span(elapsed);
        return result switch
        {
            { Build: null } => $"{interval.Ds} is loaded. {took}",
            { AlreadyPublished: true } => $"{interval.Ds} is done: build {result.Build.Number} has it already. {took}",
            { Build.Promoted: false } =>
                $"{interval.Ds} is done: build {result.Build.Number} is recorded; a later day stays current. {took}",
            _ => $"{interval.Ds} is done: build {result.Build.Number} is published. {took}",
        };
    }
}
