namespace Sluice.Core.Journeys.Indexes;

/// <summary>
/// The journeys of an event table's users, open for reading. Immutable and safe for many threads until it is disposed; a span
/// or memory of it must not be used after that.
/// </summary>
/// <param name="contents">What it says of itself.</param>
/// <param name="parts">Its shards.</param>
/// <param name="memory">The memory in which the shards lie, which the index frees; null where nothing has to be freed.</param>
public sealed class JourneyIndex(JourneyContents contents, IReadOnlyList<JourneyPart> parts, IDisposable? memory = null)
    : IDisposable
{
    /// <summary>What it says of itself.</summary>
    public JourneyContents Contents { get; } = contents;

    /// <summary>Its shards: a user is in one of them without being superseded, and there with all events.</summary>
    public IReadOnlyList<JourneyPart> Parts { get; } = parts;

    /// <summary>The memory in which the shards lie, for the store that opened it; null where nothing has to be freed.</summary>
    public IDisposable? Memory { get; } = memory;

    /// <summary>Number of users.</summary>
    public long Users => Parts.Sum(part => (long)part.Shard.Users - part.SupersededUsers);

    /// <summary>The property of that name without regard to case, as its place in the shards' columns; −1 where there is none.</summary>
    public int PropertyAt(string name)
    {
        for (var i = 0; i < Contents.Properties.Count; i++)
        {
            if (string.Equals(Contents.Properties[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public void Dispose() => Memory?.Dispose();
}
