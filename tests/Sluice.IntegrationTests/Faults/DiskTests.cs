namespace Sluice.IntegrationTests.Faults;

/// <summary>A disk that is full or cannot be written.</summary>
public sealed class DiskTests
{
    [Theory]
    [InlineData(200)]
    [InlineData(900)]
    [InlineData(1500)]
    [InlineData(2200)]
    public void A_full_disk_is_said_and_the_lake_is_usable_once_there_is_room(int kilobytes)
    {
        using var project = SluiceProject.Sample(users: 20_000);
        using var disk = SmallDisk.At(project.State, kilobytes);

        var failed = project.Run("run", "--date", SluiceProject.Day).Fails(1, "disk is full", "Free some space");
        Assert.DoesNotContain("success", failed.Error, StringComparison.Ordinal);
        project.AssertWhole();

        disk.Grow();
        project.RunDay();
        project.AssertWhole();
        project.AssertNothingStaged();

        using var undisturbed = SluiceProject.RanSample(users: 20_000);
        Assert.Equal(undisturbed.Fingerprint(), project.Fingerprint());
    }

    [Fact]
    public void A_disk_that_fills_up_on_the_second_day_leaves_the_first_readable()
    {
        using var project = SluiceProject.Sample(users: 20_000);
        using var disk = SmallDisk.At(project.State, kilobytes: 64 << 10);
        project.RunDay();
        var before = project.Fingerprint();
        disk.Fill(leaving: 300_000);

        project.Run("run", "--date", "2015-05-02").Fails(1, "disk is full");

        Assert.Equal(before, project.Fingerprint());
        project.AssertWhole();
        disk.Empty();
        project.RunDay("2015-05-02");
        Assert.Equal("2", project.Value("select count(distinct ds) from app.users"));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions are needed.");
        using var project = SluiceProject.Sample(users: 10);
        using var disk = SmallDisk.At(project.State, kilobytes: 1024);
        disk.MakeReadOnly();
        project.Run("run", "--date", SluiceProject.Day).Fails(1, "run store", project.State, "cannot be", "read-only");
    }

    [Fact]
    public void A_lake_that_cannot_be_written_can_be_read()
    {
        using var project = SluiceProject.Sample(users: 100);
        using var disk = SmallDisk.At(project.State, kilobytes: 8 << 10);
        project.RunDay();
        var before = project.Fingerprint();
        disk.MakeReadOnly();

        Assert.Equal(before, project.Fingerprint());
        Assert.Contains("dim_user", project.Run("tables").Done().Output, StringComparison.Ordinal);
        project.Run("funnel", "checkout").Done();
        // A run writes what comes of it, even where there is nothing to do.
        project.Run("run", "--date", SluiceProject.Day).Fails(1, "state.db", "read-only");
    }
}
