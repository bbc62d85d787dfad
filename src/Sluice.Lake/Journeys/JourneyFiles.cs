using System.Globalization;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using Sluice.Core.Journeys;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Lake.Journeys;

/// <summary>The files of a shard: one per shape of row.</summary>
internal static class JourneyFiles
{
    private const string BaseMicros = "sluice.base_micros";
    private const string Unit = "sluice.unit_micros";
    private const string Last = "sluice.last";
    private const string Users = "sluice.users";

    /// <summary>Columns per slot: code and time; the clock is in the metadata.</summary>
    public static Task WriteEventsAsync(string path, JourneyShard shard, CancellationToken cancellationToken)
    {
        var (columns, clock) = (shard.Columns, shard.Clock);
        return ArrowFile.WriteAsync(
            path,
            [
                ArrowFile.Numbers("code", UInt8Type.Default, columns.Codes),
                ArrowFile.Numbers("time", clock.IsWide ? UInt64Type.Default : UInt32Type.Default, columns.Times),
            ],
            new Dictionary<string, string>
            {
                [BaseMicros] = clock.BaseMicros.ToString(CultureInfo.InvariantCulture),
                [Unit] = ((long)clock.Unit).ToString(CultureInfo.InvariantCulture),
                [Last] = clock.Last.ToString(CultureInfo.InvariantCulture),
            },
            cancellationToken
        );
    }

    /// <summary>The column per block, and one value more: the slot at which it begins.</summary>
    public static Task WriteBlocksAsync(string path, JourneyShard shard, CancellationToken cancellationToken) =>
        ArrowFile.WriteAsync(
            path,
            [ArrowFile.Numbers("start", Int32Type.Default, shard.Columns.BlockStarts)],
            new Dictionary<string, string>(),
            cancellationToken
        );

    /// <summary>Columns per place: key, length, flags and the properties; the places in use are in the metadata.</summary>
    public static Task WriteUsersAsync(string path, JourneyPart part, CancellationToken cancellationToken)
    {
        var columns = part.Shard.Columns;
        return ArrowFile.WriteAsync(
            path,
            [
                ArrowFile.Texts("key", part.Keys.Ends, part.Keys.Text),
                ArrowFile.Numbers("length", Int32Type.Default, columns.Lengths),
                ArrowFile.Numbers("flags", UInt8Type.Default, columns.Flags),
                .. columns.Properties.Select(
                    (values, i) =>
                        ArrowFile.Numbers(
                            string.Create(CultureInfo.InvariantCulture, $"property{i}"),
                            UInt16Type.Default,
                            values
                        )
                ),
            ],
            new Dictionary<string, string> { [Users] = part.Shard.Users.ToString(CultureInfo.InvariantCulture) },
            cancellationToken
        );
    }

    /// <summary>The column per place that says whether a newer layer has the user.</summary>
    public static Task WriteSupersededAsync(
        string path,
        int places,
        ReadOnlyMemory<byte> bits,
        CancellationToken cancellationToken
    ) =>
        ArrowFile.WriteAsync(
            path,
            [ArrowFile.Bits("superseded", places, bits)],
            new Dictionary<string, string>(),
            cancellationToken
        );

    /// <summary>Puts a shard together from its files, copying nothing.</summary>
    /// <exception cref="InvalidDataException">The files contradict each other.</exception>
    public static JourneyPart Read(
        ReadOnlyMemory<byte> events,
        ReadOnlyMemory<byte> blocks,
        ReadOnlyMemory<byte> users,
        ReadOnlyMemory<byte>? superseded,
        int properties,
        int layer
    )
    {
        using var slots = ArrowFile.Read(events);
        using var starts = ArrowFile.Read(blocks);
        using var places = ArrowFile.Read(users);
        var isWide = slots.Column(1).Data.DataType.TypeId == ArrowTypeId.UInt64;
        var clock = new JourneyClock(
            Number(slots, BaseMicros),
            (JourneyUnit)Number(slots, Unit),
            isWide,
            ulong.Parse(slots.Schema.Metadata[Last], CultureInfo.InvariantCulture)
        );
        var count = places.Length;
        if (places.ColumnCount != properties + 3 || !Enum.IsDefined(clock.Unit))
        {
            throw new InvalidDataException("Its columns are not as they should be.");
        }

        var ends = ArrowFile.BytesOf(places, 0, ArrowTypeId.String, 1, (count + 1) * sizeof(int));
        var keys = new JourneyKeys(ends, ArrowFile.BytesOf(places, 0, ArrowTypeId.String, 2, LastOf(ends)));
        var columns = new JourneyColumns
        {
            Codes = ArrowFile.BytesOf(slots, 0, ArrowTypeId.UInt8, 1, slots.Length),
            Times = ArrowFile.BytesOf(
                slots,
                1,
                isWide ? ArrowTypeId.UInt64 : ArrowTypeId.UInt32,
                1,
                checked(slots.Length * clock.Width)
            ),
            BlockStarts = ArrowFile.BytesOf(starts, 0, ArrowTypeId.Int32, 1, starts.Length * sizeof(int)),
            Lengths = ArrowFile.BytesOf(places, 1, ArrowTypeId.Int32, 1, count * sizeof(int)),
            Flags = ArrowFile.BytesOf(places, 2, ArrowTypeId.UInt8, 1, count),
            Properties =
            [
                .. Enumerable
                    .Range(3, properties)
                    .Select(column => ArrowFile.BytesOf(places, column, ArrowTypeId.UInt16, 1, count * sizeof(ushort))),
            ],
        };
        return new(new JourneyShard(clock, checked((int)Number(places, Users)), columns), keys, layer)
        {
            Superseded = superseded is { } file ? SupersededOf(file, count) : default,
        };
    }

    private static ReadOnlyMemory<byte> SupersededOf(ReadOnlyMemory<byte> file, int places)
    {
        using var batch = ArrowFile.Read(file);
        return batch.Length == places
            ? ArrowFile.BytesOf(batch, 0, ArrowTypeId.Boolean, 1, (places + 7) / 8)
            : throw new InvalidDataException("The users that newer layers have are those of another shard.");
    }

    private static int LastOf(ReadOnlyMemory<byte> ends) => MemoryMarshal.Read<int>(ends.Span[^sizeof(int)..]);

    private static long Number(RecordBatch batch, string key) =>
        long.Parse(batch.Schema.Metadata[key], CultureInfo.InvariantCulture);
}
