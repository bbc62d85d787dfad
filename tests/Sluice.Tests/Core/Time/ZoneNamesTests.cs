using Sluice.Core.Time;

namespace Sluice.Tests.Core.Time;

public sealed class ZoneNamesTests
{
    private const string Pointer =
        "Zones have the names of the IANA database, such as UTC, Europe/Berlin or America/New_York.";

    [Theory]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("Europe/Berlim", "Europe/Berlin")]
    [InlineData("New York", "America/New_York")]
    [InlineData("new_yrok", "America/New_York")]
    public void The_nearest_zone_is_named_first(string wanted, string zone)
    {
        var hint = ZoneNames.Suggest(wanted);

        Assert.StartsWith($"Did you mean '{zone}'", hint, StringComparison.Ordinal);
        Assert.EndsWith(Pointer, hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    [InlineData("+02:00")]
    public void Where_none_is_near_it_is_said_which_names_there_are(string wanted) =>
        Assert.Equal(Pointer, ZoneNames.Suggest(wanted));

    [Fact]
    public void No_more_than_three_are_named() =>
        Assert.InRange(ZoneNames.Suggest("America/A").Split(" or ").Length, 1, 4);
}
