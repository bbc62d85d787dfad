using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Servers;

/// <summary>What database servers that are started for a test or a measurement have in common.</summary>
internal static class ServerProcess
{
    // None of them runs as root, nor should it; the packages made users for them.
    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>An empty folder that the user owns.</summary>
    /// <param name="user">The server's user.</param>
    /// <param name="prefix">How its name begins.</param>
    public static string CreateFolder(string user, string prefix)
    {
        var folder = Directory.CreateTempSubdirectory(prefix).FullName;
        Give(user, folder);
        return folder;
    }

    /// <summary>Gives a folder and what is in it to the user, if this one is root.</summary>
    public static void Give(string user, string folder)
    {
        if (IsRoot)
        {
            using var chown = Process.Start("chown", ["-R", user, folder]);
            chown.WaitForExit();
        }
    }

    /// <summary>The command as that user runs it, if this one is root.</summary>
    public static string[] As(string user, params string[] command) =>
        IsRoot ? ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", .. command] : command;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="user">The server's user.</param>
    /// <param name="environment">Variables that it gets beside those of this process.</param>
    /// <param name="command">The command.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Run(string user, IReadOnlyDictionary<string, string> environment, params string[] command)
    {
        // The variables are the command's own: what they preload must not be loaded as root first.
        var assignments = environment.Select(variable => $"{variable.Key}={variable.Value}");
        // What stays in the background inherits no pipe: nobody would wait for its end.
        var start = new ProcessStartInfo(
            "/bin/sh",
            ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. As(user, ["env", .. assignments, .. command])]
        )
        {
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} exited with {process.ExitCode}.");
        }
    }
}
