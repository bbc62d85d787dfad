namespace Sluice.Core.Journeys.Indexes;

/// <summary>What went into an index.</summary>
/// <param name="Settings">A hash of everything but the events' files: the format, the columns, the users' table as it was.</param>
/// <param name="Incarnation">The identity of the event table.</param>
/// <param name="Files">Names of its data files, which are written once; ordered.</param>
public sealed record JourneyOrigin(string Settings, string Incarnation, IReadOnlyList<string> Files)
{
    /// <summary>The files that are here and were not there; null unless the table only grew.</summary>
    /// <param name="before">What an older index was made of.</param>
    public IReadOnlySet<string>? Since(JourneyOrigin before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var added = Files.ToHashSet(StringComparer.Ordinal);
        return Settings == before.Settings && Incarnation == before.Incarnation && before.Files.All(added.Remove)
            ? added
            : null;
    }
}
