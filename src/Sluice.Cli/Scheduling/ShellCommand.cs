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

    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(10);

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
        var lines = Task.WhenAll(
            CopyAsync(process.Output, output),
            CopyAsync(
                process.Error,
                line =>
                {
                    last = line;
                    output(line);
                }
            )
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
            await lines;
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

    private static async Task CopyAsync(StreamReader reader, Action<string> line)
    {
        while (await reader.ReadLineAsync() is { } text)
        {
            line(text);
        }
    }
}
