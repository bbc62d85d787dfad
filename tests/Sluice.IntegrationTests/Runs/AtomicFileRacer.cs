using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sluice.Lake.Files;

namespace Sluice.IntegrationTests.Runs;

/// <summary>This program in another role: it publishes files under names that others want, too, and prints those it got.</summary>
internal static class AtomicFileRacer
{
    public const int Racers = 4;
    public const int Names = 300;

    private const string Role = "SLUICE_TEST_RACER";

    public static Process Start(string folder, int id, DateTimeOffset at)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        start.Environment[Role] = string.Create(CultureInfo.InvariantCulture, $"{id} {at.ToUnixTimeMilliseconds()}");
        return Process.Start(start)!;
    }

    // Runs before the test framework looks at the command line. On this thread alone: others wait for the initializer.
    [ModuleInitializer]
    internal static void RaceInstead()
    {
        if (Environment.GetEnvironmentVariable(Role) is { } role)
        {
            Race(role.Split(' ')[0], long.Parse(role.Split(' ')[1], CultureInfo.InvariantCulture));
            Environment.Exit(0);
        }
    }

    private static void Race(string id, long startMillis)
    {
        var folder = Environment.CurrentDirectory;
        var staging = Directory.CreateDirectory(Path.Combine(folder, $"staging-{id}")).FullName;
        var content = System.Text.Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var spin = new SpinWait();
        while (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() < startMillis)
        {
            spin.SpinOnce();
        }

        for (var name = 0; name < Names; name++)
        {
            var path = Path.Combine(folder, $"{name:D6}.json");
            if (AtomicFile.TryCreateAsync(path, content, staging, CancellationToken.None).GetAwaiter().GetResult())
            {
                Console.Out.WriteLine(Path.GetFileName(path));
            }
        }
    }
}
