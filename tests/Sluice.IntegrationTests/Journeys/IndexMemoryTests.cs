using System.Globalization;

namespace Sluice.IntegrationTests.Journeys;

/// <summary>What the real command holds in memory while it builds an index.</summary>
public sealed class IndexMemoryTests
{
    private const int EngineMiB = 128;

    // Beside the engine's: the runtime, and one shard of 4 million events while it is made. With the engine's default of
    // 1 GiB that is less than 2 GB, whatever the number of events.
    private const int OwnMiB = 500;

    [Fact]
    [Trait("Speed", "Slow")]
    public void Four_times_the_events_take_hardly_more_memory()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), PeakMemory.WhyLinux);
        var few = PeakOf(events: 5_000_000);
        var many = PeakOf(events: 20_000_000);

        Assert.InRange(many, 10 << 20, (EngineMiB + OwnMiB) << 20);
        Assert.True(many < few * 3 / 2, $"{few >> 20} MiB, then {many >> 20} MiB");
    }

    private static long PeakOf(int events)
    {
        using var project = Visits(events);
        project.Run("model", "--date", SluiceProject.Day).Done();
        // What is left to do is the index.
        Directory.Delete(Path.Combine(project.State, "journeys"), recursive: true);
        using var build = Cli.Start(project.Folder, "model", "--date", SluiceProject.Day);
        var peak = PeakMemory.Until(build);
        var line = Assert.Single(
            Cli.Finish(build).Done().Lines,
            line => line.Contains("  journeys_visits ", StringComparison.Ordinal)
        );
        Assert.Contains(events.ToString("N0", CultureInfo.InvariantCulture), line, StringComparison.Ordinal);
        Assert.DoesNotContain("done before", line, StringComparison.Ordinal);
        return peak;
    }

    // Ten events of each user, in no order.
    private static SluiceProject Visits(int events)
    {
        var project = new SluiceProject();
        project.Write(
            "sluice.yaml",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                engine: { memory_mib: {{EngineMiB}} }
                users: { table: people, key: user_id }
                events:
                  visits: { event: page, time: seen, user: user_id }
                """
            )
        );
        project.Write(
            "models/visits.sql",
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                select (hash(i * 7 + 1) % {events / 10})::bigint as user_id,
                  to_timestamp(1420070400 + (hash(i * 13 + 5) % 31536000)::bigint) as seen,
                  'step' || (hash(i * 17 + 3) % 12) as page
                from range({events}) t(i)
                """
            )
        );
        project.Write(
            "models/people.sql",
            string.Create(
                CultureInfo.InvariantCulture,
                $"select i as user_id, 'source' || (hash(i) % 12) as source from range({events / 10}) t(i)"
            )
        );
        return project;
    }
}
