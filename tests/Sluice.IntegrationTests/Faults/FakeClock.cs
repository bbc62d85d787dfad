using System.Globalization;

namespace Sluice.IntegrationTests.Faults;

/// <summary>The clock that processes see, by Debian's libfaketime; it can be set while they run. Tests of it are skipped where there is none.</summary>
internal sealed class FakeClock : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    /// <summary>A clock that shows an instant, in UTC, and goes on from there.</summary>
    public FakeClock(string instant)
    {
        Assert.SkipWhen(Library is null, "libfaketime is not installed: dotnet run build.cs -- setup");
        Set(instant);
    }

    /// <summary>What a process needs to see it.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library!,
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_NO_CACHE"] = "1",
            // Waits are measured by another clock, which nobody sets.
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["DONT_FAKE_MONOTONIC"] = "1",
            // Unless this is off it takes the deadlines of that clock for those of the faked one, and a wait ends at once.
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
            ["NO_FAKE_STAT"] = "1",
        };

    private static string? Library =>
        Directory.Exists("/usr/lib")
            ? Directory
                .EnumerateDirectories("/usr/lib", "*-linux-gnu*")
                .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
                .FirstOrDefault(File.Exists)
            : null;

    /// <summary>Sets the clock.</summary>
    public void Set(string instant)
    {
        var at = DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var offset = (long)(at - TimeProvider.System.GetUtcNow()).TotalSeconds;
        // In one step: a half written number would be another time.
        var next = _file + ".new";
        File.WriteAllText(next, string.Create(CultureInfo.InvariantCulture, $"{offset:+0;-0}"));
        if (OperatingSystem.IsLinux())
        {
            // A server reads it as another user.
            File.SetUnixFileMode(
                next,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead
            );
        }

        File.Move(next, _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}
