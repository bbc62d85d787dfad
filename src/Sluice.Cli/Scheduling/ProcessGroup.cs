using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Sluice.Core;

namespace Sluice.Cli.Scheduling;

/// <summary>A process with all that it starts: asked to end, and then made to.</summary>
internal sealed partial class ProcessGroup : IDisposable
{
    private const int SigTerm = 15;
    private const int SigKill = 9;
    private const int TooLong = 7;

    private static readonly string? Setsid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly int? _session;

    private ProcessGroup(Process process, bool hasSession) =>
        (_process, _session) = (process, hasSession ? process.Id : null);

    /// <summary>Its exit code, once it has exited: of a signal, 128 and its number.</summary>
    public int ExitCode => _process.ExitCode;

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Error => _process.StandardError;

    /// <summary>Starts a program with its output to be read, and an input that closes with this process.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables besides those of this process.</param>
    /// <param name="ownSession">
    /// Whether it gets a session of its own: what it leaves behind can be found then, and a key pressed here does not reach it.
    /// </param>
    /// <exception cref="PipelineException">It cannot be started.</exception>
    public static ProcessGroup Start(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        bool ownSession
    )
    {
        var hasSession = ownSession && Setsid is not null;
        var start = new ProcessStartInfo(hasSession ? Setsid! : program)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in hasSession ? arguments.Prepend(program) : arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return new(Process.Start(start)!, hasSession);
        }
        catch (Win32Exception failure)
        {
            throw new PipelineException($"{program} cannot be started: {failure.Message}", failure)
            {
                Hint =
                    failure.NativeErrorCode == TooLong
                        ? "The system takes 128 KB for a command or a variable: put it into a file that the command reads."
                        : null,
            };
        }
    }

    /// <summary>Lets it find the end of its input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks all of it to end.</summary>
    public void Terminate()
    {
        if (_session is { } session)
        {
            _ = Kill(-session, SigTerm);
        }
        else
        {
            KillTree();
        }
    }

    /// <summary>Ends what is left of it.</summary>
    public void KillAll()
    {
        if (_session is { } session)
        {
            _ = Kill(-session, SigKill);
        }

        KillTree();
    }

    public void Dispose() => _process.Dispose();

    private void KillTree()
    {
        try
        {
            // What it left belongs to nobody by now, and looking for it reads every process of the machine.
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It is over.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
