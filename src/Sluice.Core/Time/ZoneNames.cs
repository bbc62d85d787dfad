namespace Sluice.Core.Time;

/// <summary>The names of time zones.</summary>
public static class ZoneNames
{
    private const int MostShown = 3;

    /// <summary>What to write in place of a name that no zone has: the few nearest, and where names are from.</summary>
    public static string Suggest(string wanted)
    {
        ArgumentNullException.ThrowIfNull(wanted);

        // Berlin and New York are what people call Europe/Berlin and America/New_York.
        var near = Nearest
            .Near(
                wanted.Trim().Replace(' ', '_'),
                TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal),
                name => [name, name[(name.LastIndexOf('/') + 1)..]]
            )
            .Take(MostShown)
            .ToList();
        var names = string.Join(" or ", near.Select(name => $"'{name}'"));
        return (near.Count > 0 ? $"Did you mean {names}? " : "")
            + "Zones have the names of the IANA database, such as UTC, Europe/Berlin or America/New_York.";
    }
}
