using System.Globalization;
using Sluice.Core;
using Sluice.Core.Scheduling;

namespace Sluice.Cli.Scheduling;

/// <summary>Runs a command of the system's shell.</summary>
/// <param name="folder">Where.</param>
/// <param name="output">Gets what it writes, line by line.</param>
/// <param name="ownSession">Whether it gets a session of its own; not where whoever started this process cleans up after it.</param>
/// <param name="isAlone">Whether this process does nothing else: all that is below it then belongs to the command.</param>
internal sealed class ShellCommand(string folder, Action<string> output, bool ownSession, bool isAlone = false)
{
    // As Airflow has it: the task is left out, and what comes after it, too.
    private const int Skip = 99;

    // 128 and the number of the signal.
    private const int Interrupted = 130;
    private const int Terminated = 143;

    private const int MostOfALine = 1_000;

    // Below what this process itself is given, which has to end what is left.
    private static readonly TimeSpan ToEnd = App.TimeToStop - TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ToBeTold = TimeSpan.FromSeconds(1);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="PipelineException">Its exit code is neither 0 nor 99.</exception>
    public async Task<TaskOutcome> RunAsync(
        string command,
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        if (isAlone)
        {
            ProcessGroup.Adopt();
        }

        using var process = OperatingSystem.IsWindows()
            ? ProcessGroup.Start("cmd", ["/c", command], folder, environment, ownSession, isAlone)
            : ProcessGroup.Start("/bin/sh", ["-c", command], folder, environment, ownSession, isAlone);
        process.CloseInput();
        var last = "";
        using var lines = new ChildOutput(
            process,
            output,
            line =>
            {
                last = line.Length > MostOfALine ? line[..MostOfALine] + "…" : line;
                output(line);
            }
        );
        try
        {
            await process.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Terminate();
            using var patience = new CancellationTokenSource(ToEnd);
            await process.WaitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            process.KillAll();
            throw;
        }
        finally
        {
            process.KillSession();
            if (!await lines.EndAsync())
            {
                output(
                    "The command is over; what it left running holds its output open, and is not listened to any more."
                );
            }
        }

        if (process.ExitCode is Interrupted or Terminated)
        {
            // Whoever told it to end may have told this process as well, which finds out a moment later.
            await Task.Delay(ToBeTold, TimeProvider.System, cancellationToken);
        }

        return process.ExitCode switch
        {
            0 => new(),
            Skip => new() { IsSkipped = true },
            var code => throw new PipelineException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The command ended with exit code {code}{(last.Length > 0 ? $": {last}" : ".")}"
                )
            ),
        };
    }
}
