using System.Buffers.Text;
using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>
/// A layer on top of an index: the users whose events or properties are others than those it was built from are written anew,
/// the others stay. Which files hold them does not matter, so a table may have been written again as a whole.
/// </summary>
internal sealed class JourneyOverlay
{
    private static readonly TableId ChangedTable = TableId.Raw("sluice_journeys", "changed");

    private JourneyOverlay(JourneySource changed, JourneyIndex old, HashSet<byte[]> units)
    {
        (Changed, UsersKept, EventsKept) = (changed, old.Users, old.Contents.Summary.Events);
        Layer = old.Parts.Select(part => part.Layer).DefaultIfEmpty(-1).Max() + 1;
        Superseded = [.. old.Parts.Select(part => Supersede(part, units.GetAlternateLookup<ReadOnlySpan<byte>>()))];
    }

    /// <summary>The source with the changed users alone.</summary>
    public JourneySource Changed { get; }

    /// <summary>Its number.</summary>
    public int Layer { get; }

    /// <summary>Per shard of the index below which users are written anew, or were so before.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Superseded { get; }

    /// <summary>The users that stay.</summary>
    public long UsersKept { get; private set; }

    /// <summary>Their events.</summary>
    public long EventsKept { get; private set; }

    /// <summary>Plans the layer; or says why all is to be built anew, as the end of a sentence.</summary>
    /// <param name="engine">Compares the tables.</param>
    /// <param name="columns">Reads who changed, the same engine column by column.</param>
    /// <param name="source">What the index is to be built from.</param>
    /// <param name="before">What the index below was built from.</param>
    /// <param name="old">The index below.</param>
    /// <param name="options">How much may change.</param>
    /// <param name="folder">Where the engine may write what goes with the staging.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PipelineException">The tables cannot be compared: files of one are damaged, or no longer there.</exception>
    public static async Task<(JourneyOverlay? Overlay, string? Reason)> PlanAsync(
        ISqlEngine engine,
        ISqlColumnEngine columns,
        JourneySource source,
        JourneySource before,
        JourneyIndex old,
        JourneyOptions options,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (!source.HasColumnsOf(before))
        {
            return (null, "its columns are not what they were");
        }

        if (old.Parts.Select(part => part.Layer).DefaultIfEmpty(0).Max() >= options.MostOverlays)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"it had {options.MostOverlays} layers"));
        }

        // A property that the index does not have may change as it likes.
        var properties = old
            .Contents.Properties.Select(property => source.Users!.Relation.Schema.Find(property.Name)!)
            .ToList();
        var difference = JourneyDifference.Of(source, before, properties);
        if (difference.Rows > options.MostCompared * source.Relations.Sum(table => table.Files.Sum(file => file.Rows)))
        {
            var tables = string.Join(" and ", source.Relations.Select(table => table.Table.Name).Distinct());
            return (null, $"most rows of {tables} were written again");
        }

        var written = await engine.MaterializeAsync(difference.Query, folder, "changed", cancellationToken);
        var most = (options.MostInOverlays * old.Users) - UsersInOverlays(old);
        if (written.Files.Sum(file => file.Rows) > most)
        {
            var share = options.MostInOverlays.ToString("P0", CultureInfo.InvariantCulture);
            var orProperty = source.Users is { } users ? $", or a column of {users.Relation.Table.Name}," : "";
            return (
                null,
                $"the events of more than {share} of its users{orProperty} changed since it was built as a whole"
            );
        }

        var changed = source with
        {
            Only = new(ChangedTable, written.Schema, [.. written.Files.Select(file => file.AsDataFile())]),
        };
        return (new(changed, old, await UnitsAsync(columns, changed, cancellationToken)), null);
    }

    private static long UsersInOverlays(JourneyIndex index) =>
        index.Parts.Where(part => part.Layer > 0).Sum(part => (long)part.Shard.Users - part.SupersededUsers);

    private static async Task<HashSet<byte[]>> UnitsAsync(
        ISqlColumnEngine columns,
        JourneySource changed,
        CancellationToken cancellationToken
    )
    {
        var units = new HashSet<byte[]>(Utf8Comparer.Instance);
        await using var rows = await columns.ReadColumnsAsync(
            JourneyReading.Query(changed, JourneySql.Only(changed)),
            cancellationToken
        );
        var key = new byte[32];
        while (rows.MoveNext(cancellationToken))
        {
            for (var row = 0; row < rows.Rows; row++)
            {
                if (changed.HasIntegerUnits)
                {
                    Utf8Formatter.TryFormat(rows.Numbers(0)[row], key, out var length);
                    units.Add(key[..length]);
                }
                else
                {
                    units.Add(rows.Text(0, row).ToArray());
                }
            }
        }

        return units;
    }

    private ReadOnlyMemory<byte> Supersede(JourneyPart part, HashSet<byte[]>.AlternateLookup<ReadOnlySpan<byte>> units)
    {
        byte[]? bits = null;
        for (var place = 0; place < part.Shard.Users; place++)
        {
            if (units.Contains(part.Keys.Utf8(place)) && !part.IsSuperseded(place))
            {
                bits ??= part.Superseded.IsEmpty ? new byte[(part.Keys.Places + 7) / 8] : part.Superseded.ToArray();
                bits[place / 8] |= (byte)(1 << (place % 8));
                UsersKept--;
                EventsKept -= part.Shard.Lengths[place];
            }
        }

        return bits ?? part.Superseded;
    }
}
