using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary><c>sluice scheduler</c> as a process of its own, and what it says.</summary>
internal sealed class RunningScheduler : IDisposable
{
    private static readonly Dictionary<string, string> NoVariables = [];

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private RunningScheduler(Process process) => _process = process;

    /// <summary>All that was read of it.</summary>
    public IReadOnlyList<string> Lines => _lines;

    public Process Process => _process;

    /// <summary>Starts it, and waits until it works.</summary>
    public static RunningScheduler Start(SluiceProject project, params string[] options) =>
        Started(project, NoVariables, ["scheduler", "--listen", "none", .. options]);

    /// <summary>The same with variables of its environment.</summary>
    public static RunningScheduler Start(
        SluiceProject project,
        IReadOnlyDictionary<string, string> variables,
        params string[] options
    ) => Started(project, variables, ["scheduler", "--listen", "none", .. options]);

    /// <summary>The same with <c>/health</c> and <c>/metrics</c> at an address.</summary>
    public static RunningScheduler At(SluiceProject project, string address, params string[] options) =>
        Started(project, NoVariables, ["scheduler", "--listen", address, .. options]);

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>The same by <c>sluice up</c>.</summary>
    public static RunningScheduler Up(SluiceProject project) =>
        Started(project, NoVariables, ["up", "--listen", "none"]);

    private static RunningScheduler Started(
        SluiceProject project,
        IReadOnlyDictionary<string, string> variables,
        string[] arguments
    )
    {
        var process = Cli.Start(project.Folder, variables, arguments);
        var scheduler = new RunningScheduler(process);
        scheduler.Until(" DAGs");
        return scheduler;
    }

    /// <summary>Reads until a line has a text.</summary>
    public string Until(string text)
    {
        using var patience = new Patience(_process);
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        Assert.Fail($"'{text}' was never said:\n{string.Join('\n', _lines)}\n{_process.StandardError.ReadToEnd()}");
        return "";
    }

    /// <summary>Asks it to stop, and reads to its end.</summary>
    public CliResult Stop()
    {
        Cli.Signal(_process, "TERM");
        var result = Cli.Finish(_process);
        _lines.AddRange(result.Lines);
        return result;
    }

    /// <summary>Kills it, without a chance to clean up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>The processes of tasks that it has started and that run.</summary>
    public IReadOnlyList<int> Workers() =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => Path.GetFileName(folder))
                .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
                .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
                .Where(id => ParentOf(id) == _process.Id),
        ];

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static int? ParentOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
