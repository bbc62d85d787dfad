using System.Diagnostics;
using System.Globalization;
using Sluice.Cli.Scheduling;

namespace Sluice.Tests.Cli.Scheduling;

public sealed class WorkerIdTests
{
    private static readonly string[] Own = WorkerId.Own.Split(':');

    [Fact]
    public void A_process_that_runs_is_not_gone() => Assert.False(WorkerId.IsGone(WorkerId.Own));

    [Fact]
    public void One_that_had_the_number_before_is() => Assert.True(WorkerId.IsGone($"{Own[0]}:{Own[1]}:{Own[2]}:1"));

    [Fact]
    public void One_that_ended_is()
    {
        using var process = Process.Start("sleep", "0");
        var id = process.Id;
        process.WaitForExit();

        Assert.True(WorkerId.IsGone(string.Create(CultureInfo.InvariantCulture, $"{Own[0]}:{Own[1]}:{id}:1")));
    }

    [Theory]
    [InlineData("elsewhere", null)]
    [InlineData(null, "1a2b3c4d-4026531836")]
    public void Of_another_machine_nothing_is_known_even_if_it_has_the_same_name(string? machine, string? boot) =>
        Assert.False(WorkerId.IsGone($"{machine ?? Own[0]}:{boot ?? Own[1]}:{Own[2]}:1"));

    // In ticks since the boot: a time of day would move with the clock, and a worker that lives would be judged gone.
    [Fact]
    public void On_linux_the_name_has_nothing_of_the_clock()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only.");
        var stat = File.ReadAllText("/proc/self/stat");

        Assert.Equal(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], Own[3]);
    }
}
