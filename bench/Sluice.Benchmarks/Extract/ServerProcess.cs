using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Benchmarks.Extract;

/// <summary>What servers that are started for a measurement have in common.</summary>
internal static class ServerProcess
{
    /// <summary>Whether somebody else must run a server: none of them runs as root.</summary>
    public static bool IsRoot => Environment.UserName == "root";

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a command to its end, under another user if this one is root.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Run(string user, params string[] command)
    {
        // What stays in the background inherits no pipe: nobody would wait for its end.
        using var process = Process.Start(
            new ProcessStartInfo(
                "/bin/sh",
                ["-c", "exec \"$@\" > /dev/null 2>&1 < /dev/null", "sh", .. As(user, command)]
            )
            {
                WorkingDirectory = "/",
            }
        )!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)} exited with {process.ExitCode}.");
        }
    }

    /// <summary>The command as that user runs it.</summary>
    public static string[] As(string user, string[] command) =>
        IsRoot ? ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", .. command] : command;

    /// <summary>An empty folder that the user owns.</summary>
    public static string CreateFolder(string user)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-bench-").FullName;
        if (IsRoot)
        {
            using var chown = Process.Start("chown", [user, folder]);
            chown.WaitForExit();
        }

        return folder;
    }
}
