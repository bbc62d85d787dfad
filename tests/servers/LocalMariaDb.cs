using System.Diagnostics;
using System.Globalization;

namespace Sluice.Servers;

/// <summary>A MariaDB server of Debian's package in a folder of its own.</summary>
/// <param name="folder">The folder, which the server's user owns: data, log and socket.</param>
/// <param name="port">Where it listens, on 127.0.0.1.</param>
internal sealed class LocalMariaDb(string folder, int port)
{
    /// <summary>The user that the package made.</summary>
    public const string User = "mysql";

    /// <summary>Whether there is a server to start.</summary>
    public static bool IsInstalled => Find("mariadbd") is not null && Find("mariadb-install-db") is not null;

    /// <summary>Its Unix socket.</summary>
    public string Socket => Path.Combine(folder, "s.sock");

    /// <summary>What it has to say.</summary>
    public string Log => Path.Combine(folder, "log");

    private string Data => Path.Combine(folder, "data");

    /// <summary>Makes an empty server, unless there is one.</summary>
    public void Initialize()
    {
        if (!Directory.Exists(Data))
        {
            ServerProcess.Run(
                User,
                new Dictionary<string, string>(),
                Find("mariadb-install-db")!,
                "--no-defaults",
                $"--datadir={Data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db"
            );
        }
    }

    /// <summary>Starts it; whoever asks waits until it answers.</summary>
    /// <param name="options">Options beside those of its place.</param>
    public Process Start(params string[] options)
    {
        var command = ServerProcess.As(
            User,
            [
                Find("mariadbd")!,
                "--no-defaults",
                $"--datadir={Data}",
                $"--socket={Socket}",
                string.Create(CultureInfo.InvariantCulture, $"--port={port}"),
                "--bind-address=127.0.0.1",
                $"--pid-file={Path.Combine(folder, "pid")}",
                $"--log-error={Log}",
                "--skip-name-resolve",
                "--performance-schema=on",
                .. options,
            ]
        );
        return Process.Start(
            new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
    }

    private static string? Find(string command) =>
        Array.Find(
            [
                .. (Environment.GetEnvironmentVariable("PATH") ?? "")
                    .Split(':')
                    .Append("/usr/sbin")
                    .Select(programs => Path.Combine(programs, command)),
            ],
            File.Exists
        );
}
