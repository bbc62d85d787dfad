using Sluice.IntegrationTests.Extract;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Faults;

/// <summary>A disk that fills up while a server is read: it is said, nothing is half there, and the extract is done once there is room.</summary>
public sealed class FullDiskExtractTests(PostgreSqlServer postgres)
{
    private const int Rows = 20_000;
    private const int Noise = 256;

    // The files take 5 MB: there is no room for a page, or not for all of them.
    [Theory]
    [InlineData(20)]
    [InlineData(3000)]
    public async Task The_extract_is_told_and_done_when_there_is_room(int kilobytes)
    {
        var visits = await LiveVisits.CreateAsync(postgres.CreateDatabase(), Rows, Noise);
        using var project = visits.CreateProject();
        using var disk = SmallDisk.At(project.State, kilobytes);

        project.Run("extract", "--date", LiveVisits.First).Fails(1, "disk is full", "Free some space");
        Assert.Equal(0, project.Commits());
        project.AssertWhole();

        disk.Grow();
        project.Run("extract", "--date", LiveVisits.First).Done();
        await visits.AssertLoadedAsync(project);
    }

    // Part files, then the commit.
    [Fact, Trait("Speed", "Slow")]
    public async Task Whatever_is_written_last_finds_no_room()
    {
        var visits = await LiveVisits.CreateAsync(postgres.CreateDatabase(), Rows, Noise);
        using var project = visits.CreateProject();
        using var disk = SmallDisk.At(project.State, kilobytes: 64 << 10);
        var failures = 0;
        for (var leaving = 5_000_000; ; leaving += 100_000)
        {
            disk.Fill(leaving);
            var result = project.Run("extract", "--date", LiveVisits.First);
            disk.Empty();
            project.AssertWhole();
            if (result.Exit == 0)
            {
                break;
            }

            failures++;
            result.Fails(1, "disk is full", "Free some space");
            Assert.Equal(0, project.Commits());
        }

        Assert.InRange(failures, 2, 20);
        await visits.AssertLoadedAsync(project);
    }
}
