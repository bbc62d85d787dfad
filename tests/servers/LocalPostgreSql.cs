using System.Globalization;

namespace Sluice.Servers;

/// <summary>A PostgreSQL server of Debian's package in a folder of its own.</summary>
/// <param name="folder">The folder, which the server's user owns: data, log and socket.</param>
/// <param name="port">Where it listens, on 127.0.0.1.</param>
internal sealed class LocalPostgreSql(string folder, int port)
{
    /// <summary>The user that the package made.</summary>
    public const string User = "postgres";

    private const string StartSeconds = "60";

    /// <summary>Whether there is a server to start.</summary>
    public static bool IsInstalled => Programs is not null;

    /// <summary>Variables that it gets beside those of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    private static string? Programs =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .OrderByDescending(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
                .Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(programs => File.Exists(Path.Combine(programs, "initdb")))
            : null;

    private string Data => Path.Combine(folder, "data");

    /// <summary>Makes an empty cluster.</summary>
    public void Initialize(params string[] options) =>
        Run("initdb", ["-D", Data, "-U", "postgres", "--encoding=UTF8", "--locale=C.UTF-8", .. options]);

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="settings">Settings beside those of its place, as <c>name=value</c>.</param>
    public void Start(params string[] settings)
    {
        string[] all =
        [
            "listen_addresses=127.0.0.1",
            string.Create(CultureInfo.InvariantCulture, $"port={port}"),
            $"unix_socket_directories={folder}",
            .. settings,
        ];
        var options = string.Join(' ', all.Select(setting => $"-c {setting}"));
        Run(
            "pg_ctl",
            ["start", "-w", "-t", StartSeconds, "-D", Data, "-l", Path.Combine(folder, "log"), "-o", options]
        );
    }

    /// <summary>Ends it at once, as a crash does, if it runs.</summary>
    public void Crash()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Run("pg_ctl", ["stop", "-D", Data, "-m", "immediate"]);
        }
    }

    private void Run(string program, string[] arguments) =>
        ServerProcess.Run(User, Environment, [Path.Combine(Programs!, program), .. arguments]);
}
