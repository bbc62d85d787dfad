using System.Globalization;
using Sluice.Cli.Telemetry;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Scheduling;

/// <summary>Does each try in a process of its own, <c>sluice tasks run</c>, which can be ended whatever it does.</summary>
/// <param name="root">The project's folder.</param>
/// <param name="watch">The project as the scheduler knows it; each process reads it for itself.</param>
/// <param name="logs">Where its output goes.</param>
/// <param name="killAfter">How long it may take to end when it is asked to.</param>
/// <param name="clock">The time.</param>
internal sealed class ProcessExecutor(
    string root,
    ProjectWatch watch,
    TaskLogs logs,
    TimeSpan killAfter,
    TimeProvider clock
) : IExecutor
{
    // 128 and the number of SIGKILL: by someone else, the system that is out of memory among them.
    private const int Killed = 137;

    public async Task<TaskOutcome> RunAsync(
        TaskTry attempt,
        IProgress<TaskProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var log = logs.Open(attempt.Run, attempt.Task.Id, attempt.Number, clock);
        log.Write($"{attempt.Dag.Id}.{attempt.Task.Id} for {attempt.Run.Interval.Id}: try {attempt.Number}");
        var planned = watch.Stamp;
        using var process = Start(attempt, log);
        // What the task itself says is the last that it says.
        string? last = null;
        using var lines = new ChildOutput(
            process,
            log.Write,
            line =>
            {
                log.Write(line);
                last = line.StartsWith(FailureReport.Prefix, StringComparison.Ordinal) ? line : last;
            }
        );
        await EndAsync(process, log, cancellationToken);
        // Nothing that it started goes on behind its back, or holds the log open. Where it came to its end it has seen to that.
        if (process.ExitCode is ExitCode.Done or ExitCode.Skipped)
        {
            process.KillGroup();
        }
        else
        {
            process.KillSession();
        }

        if (!await lines.EndAsync())
        {
            log.Write("its process is over; what it left running is not listened to any more");
        }

        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode switch
        {
            ExitCode.Done => new(),
            ExitCode.Skipped => new() { IsSkipped = true },
            ExitCode.WrongUsage when !watch.IsStill(planned) => throw new WorkerLostException(
                "The project was changed meanwhile, and cannot be read or has no such task."
            ),
            ExitCode.Stopped => throw new WorkerLostException(
                "Its process was told to stop, and not by the scheduler."
            ),
            Killed => throw new WorkerLostException("Its process was killed."),
            var code => throw new PipelineException(
                last?[FailureReport.Prefix.Length..]
                    ?? string.Create(CultureInfo.InvariantCulture, $"It ended with exit code {code}.")
            ),
        };
    }

    private ProcessGroup Start(TaskTry attempt, TaskLog log)
    {
        var (program, first) = OwnProgram();
        string[] arguments =
        [
            .. first,
            "tasks",
            "run",
            attempt.Dag.Id,
            attempt.Task.Id,
            "--interval",
            attempt.Run.Interval.Id,
            "--token",
            attempt.Claim.Token.ToString(CultureInfo.InvariantCulture),
            "--quiet",
            "--until-stdin-closes",
            "--project",
            root,
            "--kind",
            attempt.Run.Kind.ToString(),
            .. attempt is { IsAgain: true, Task.Work: TaskWork.Extract or TaskWork.Model }
                ? ["--reextract"]
                : Array.Empty<string>(),
            .. attempt.Run.Params.SelectMany(value => new[] { "--param", $"{value.Key}={value.Value}" }),
        ];
        try
        {
            return ProcessGroup.Start(program, arguments, root, TraceParent.Variables, ownSession: true);
        }
        catch (PipelineException failure)
        {
            log.Write(failure.Message);
            throw;
        }
    }

    // Installed as a tool it is a program of its own, built to work on it may be run by dotnet.
    private static (string Program, string[] First) OwnProgram()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? (program, [Path.Combine(AppContext.BaseDirectory, "sluice.dll")])
            : (program, []);
    }

    private async Task EndAsync(ProcessGroup process, TaskLog log, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitAsync(cancellationToken);
            return;
        }
        catch (OperationCanceledException)
        {
            log.Write("asked to stop");
            process.TerminateFirst();
        }

        try
        {
            using var patience = new CancellationTokenSource(killAfter, clock);
            await process.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            log.Write("killed: it did not stop");
            process.KillAll();
            await process.WaitAsync(CancellationToken.None);
        }
    }
}
