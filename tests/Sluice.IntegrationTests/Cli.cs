using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sluice.IntegrationTests;

/// <summary>The real command, as a process of its own.</summary>
internal static class Cli
{
    // The one that was packed, where the caller names it; else what the project reference puts beside the tests.
    private static readonly string Launcher = Path.Combine(
        Path.GetDirectoryName(Environment.GetEnvironmentVariable("SLUICE_PROGRAM")) ?? AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "sluice.exe" : "sluice"
    );

    /// <summary>Runs the command to its end.</summary>
    public static CliResult Run(string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments);
        return Finish(process);
    }

    public static Process Start(string folder, params IEnumerable<string> arguments) =>
        Start(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Starts the command with a folder of temporary files of its own.</summary>
    public static Process Start(string folder, DirectoryInfo temporary, params IEnumerable<string> arguments) =>
        Start(
            folder,
            new Dictionary<string, string> { [OperatingSystem.IsWindows() ? "TMP" : "TMPDIR"] = temporary.FullName },
            arguments
        );

    /// <summary>Starts the command.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables that it gets beside those of this process.</param>
    /// <param name="arguments">What it is given.</param>
    public static Process Start(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params IEnumerable<string> arguments
    ) => Process.Start(Described(folder, environment, arguments))!;

    /// <summary>Starts the command with a pipe as its standard input.</summary>
    public static Process StartWithInput(string folder, params IEnumerable<string> arguments)
    {
        var start = Described(folder, new Dictionary<string, string>(), arguments);
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private static ProcessStartInfo Described(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> arguments
    )
    {
        var start = new ProcessStartInfo(Launcher, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Sends it a signal.</summary>
    public static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Reads all that the process writes. Whatever went wrong, it must be told in words.</summary>
    public static CliResult Finish(Process process)
    {
        using var patience = new Patience(process);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.False(patience.IsOver, $"It did not end:\n{output}\n{error.Result}");
        var result = new CliResult(process.ExitCode, output, error.Result);
        // The whole of it is shown: what happens once in a thousand starts has to be told by that once.
        Assert.False(
            result.Error.Contains("   at ", StringComparison.Ordinal)
                || result.Error.Contains("Unhandled exception", StringComparison.Ordinal),
            result.Error
        );
        return result;
    }
}
