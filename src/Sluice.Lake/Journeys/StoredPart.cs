using System.Text.Json.Serialization;

namespace Sluice.Lake.Journeys;

/// <summary>A shard.</summary>
/// <param name="Layer">0 for a full build's.</param>
/// <param name="Events">Columns per slot.</param>
/// <param name="Blocks">The column per block.</param>
/// <param name="Users">Columns per place.</param>
/// <param name="Superseded">The users that a newer layer has; null where there are none.</param>
internal sealed record StoredPart(
    int Layer,
    StoredFile Events,
    StoredFile Blocks,
    StoredFile Users,
    StoredFile? Superseded
)
{
    [JsonIgnore]
    public IEnumerable<StoredFile> Files =>
        Superseded is null ? [Events, Blocks, Users] : [Events, Blocks, Users, Superseded];
}
