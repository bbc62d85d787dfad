using System.Buffers.Text;
using Sluice.Core.Sql;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>New events on top of an index: users who have some are written anew with all their events, the others stay.</summary>
internal sealed class JourneyOverlay
{
    private readonly Dictionary<byte[], (int Part, int Place)>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    private JourneyOverlay(JourneySource added, JourneyIndex old, Dictionary<byte[], (int Part, int Place)> places)
    {
        (Added, Old) = (added, old);
        _lookup = places.GetAlternateLookup<ReadOnlySpan<byte>>();
        Layer = old.Parts.Select(part => part.Layer).DefaultIfEmpty(-1).Max() + 1;
        Superseded = [.. old.Parts.Select(part => part.Superseded)];
    }

    /// <summary>The source with the new rows alone.</summary>
    public JourneySource Added { get; }

    /// <summary>The index below.</summary>
    public JourneyIndex Old { get; }

    /// <summary>Its number.</summary>
    public int Layer { get; }

    /// <summary>Per shard of the index below which users are written anew.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Superseded { get; private set; }

    /// <summary>Events that were taken over from the index below.</summary>
    public long EventsTakenOver { get; private set; }

    /// <summary>Plans the overlay; null where the table did more than grow, or where it is time to build all anew.</summary>
    public static async Task<JourneyOverlay?> PlanAsync(
        ISqlColumnEngine engine,
        JourneySource source,
        JourneyIndex old,
        JourneyOptions options,
        CancellationToken cancellationToken
    )
    {
        if (source.Origin.Since(old.Contents.Origin) is not { } files || old.Parts.Count == 0)
        {
            return null;
        }

        var added = source with
        {
            Events = source.Events with
            {
                Files = [.. source.Events.Files.Where(file => files.Contains(JourneySource.FileName(file)))],
            },
        };
        var users = old.Users;
        var mostChanged = (options.MostInOverlays * users) - UsersInOverlays(old);
        var places = new Dictionary<byte[], (int Part, int Place)>(Utf8Comparer.Instance);
        if (
            old.Parts.Max(part => part.Layer) >= options.MostOverlays
            || !await TryAddUnitsAsync(engine, added, places, mostChanged, cancellationToken)
        )
        {
            return null;
        }

        var overlay = new JourneyOverlay(added, old, places);
        overlay.Find();
        return overlay;
    }

    /// <summary>Adds the events that the index below has of a user.</summary>
    public void TakeOver(JourneyBuffer user)
    {
        var (part, place) = _lookup[user.Key];
        if (part >= 0)
        {
            var shard = Old.Parts[part].Shard;
            user.Merge(shard, place);
            EventsTakenOver += shard.Lengths[place];
        }
    }

    private static long UsersInOverlays(JourneyIndex index) =>
        index.Parts.Where(part => part.Layer > 0).Sum(part => (long)part.Shard.Users - part.SupersededUsers);

    // False when there are too many.
    private static async Task<bool> TryAddUnitsAsync(
        ISqlColumnEngine engine,
        JourneySource added,
        Dictionary<byte[], (int Part, int Place)> places,
        double most,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await engine.ReadColumnsAsync(
            JourneyReading.Query(added, JourneySql.Units(added)),
            cancellationToken
        );
        var key = new byte[32];
        while (rows.MoveNext(cancellationToken))
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                if (added.HasIntegerUnits)
                {
                    Utf8Formatter.TryFormat(rows.Numbers(0)[row], key, out var length);
                    places[key[..length]] = (-1, -1);
                }
                else
                {
                    places[rows.Text(0, row).ToArray()] = (-1, -1);
                }
            }

            if (places.Count > most)
            {
                return false;
            }
        }

        return true;
    }

    private void Find()
    {
        var superseded = new List<ReadOnlyMemory<byte>>();
        for (var part = 0; part < Old.Parts.Count; part++)
        {
            var old = Old.Parts[part];
            byte[]? bits = null;
            for (var place = 0; place < old.Shard.Users; place++)
            {
                if (!_lookup.ContainsKey(old.Keys.Utf8(place)) || old.IsSuperseded(place))
                {
                    continue;
                }

                bits ??= old.Superseded.IsEmpty ? new byte[(old.Keys.Places + 7) / 8] : old.Superseded.ToArray();
                bits[place / 8] |= (byte)(1 << (place % 8));
                _lookup[old.Keys.Utf8(place)] = (part, place);
            }

            superseded.Add(bits ?? old.Superseded);
        }

        Superseded = superseded;
    }
}
