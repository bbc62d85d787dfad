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
    private const int MostRounds = 5;
    private const int TooLong = 7;

    private static readonly string? Setsid = new[] { "/usr/bin/setsid", "/bin/setsid" }.FirstOrDefault(File.Exists);

    private readonly Process _process;
    private readonly int? _session;
    private readonly bool _isAlone;

    // A shell that became this process may have started others before.
    private readonly IReadOnlyList<int> _before;

    private ProcessGroup(Process process, bool hasSession, bool isAlone, IReadOnlyList<int> before) =>
        (_process, _session, _isAlone, _before) = (process, hasSession ? process.Id : null, isAlone, before);

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
    /// <param name="isAlone">Whether all that this process has below it belongs to it; see <see cref="Adopt"/>.</param>
    /// <exception cref="PipelineException">It cannot be started.</exception>
    public static ProcessGroup Start(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        bool ownSession,
        bool isAlone = false
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

        var before = isAlone && OperatingSystem.IsLinux() ? ProcessTable.Below(Environment.ProcessId) : [];
        try
        {
            return new(Process.Start(start)!, hasSession, isAlone, before);
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

    /// <summary>Lets this process have below it what its children leave behind, wherever that goes. Linux only.</summary>
    public static void Adopt()
    {
        if (OperatingSystem.IsLinux())
        {
            const int SetChildSubreaper = 36;
            _ = Control(SetChildSubreaper, 1, 0, 0, 0);
        }
    }

    /// <summary>Lets it find the end of its input.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    public Task WaitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to end, and to ask what it has started.</summary>
    public void TerminateFirst()
    {
        if (OperatingSystem.IsWindows())
        {
            KillTree();
        }
        else
        {
            _ = Kill(_process.Id, SigTerm);
        }
    }

    /// <summary>Asks all of it to end.</summary>
    public void Terminate()
    {
        if (OperatingSystem.IsLinux())
        {
            Signal(All(), SigTerm);
        }
        else if (_session is { } session)
        {
            _ = Kill(-session, SigTerm);
        }
        else
        {
            KillTree();
        }
    }

    /// <summary>Ends what is left of it, whatever it has become.</summary>
    public void KillAll()
    {
        // What is killed may just have started something.
        for (var round = 0; OperatingSystem.IsLinux() && round < MostRounds && All() is { Count: > 0 } left; round++)
        {
            Signal(left, SigKill);
        }

        KillSession();
        KillTree();
    }

    /// <summary>Ends what it has left in its session; what has made itself one of its own was meant to stay.</summary>
    public void KillSession()
    {
        KillGroup();

        if (OperatingSystem.IsLinux() && (_session ?? (_isAlone ? SessionOfOurs() : null)) is { } ours)
        {
            Signal(ProcessTable.InSession(ours).Except(_before), SigKill);
        }
    }

    /// <summary>Ends what it has left in its group, which is the usual place and found without a look at every process.</summary>
    public void KillGroup()
    {
        if (_session is { } session)
        {
            _ = Kill(-session, SigKill);
        }
    }

    // Of this process alone, where whoever started it gave it one.
    private static int? SessionOfOurs() =>
        ProcessTable.Find(Environment.ProcessId)?.Session is { } session && session == Environment.ProcessId
            ? session
            : null;

    private List<int> All()
    {
        var all = ProcessTable.Below(_isAlone ? Environment.ProcessId : _process.Id).ToHashSet();
        all.UnionWith(_session is { } session ? ProcessTable.InSession(session) : []);
        all.UnionWith(_process.HasExited ? [] : [_process.Id]);
        all.ExceptWith(_before);
        all.Remove(Environment.ProcessId);
        return [.. all];
    }

    private static void Signal(IEnumerable<int> processes, int signal)
    {
        foreach (var id in processes.Where(id => id != Environment.ProcessId))
        {
            _ = Kill(id, signal);
        }
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

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint value, nuint none, nuint nothing, nuint nil);
}
