using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Lake.Journeys;

/// <summary>The file <c>index.json</c>: <c>{"format":1,"checksum":"…","index":{…}}</c>, the checksum that of the bytes of the last value.</summary>
internal static class JourneyManifest
{
    public const string FileName = "index.json";

    public static byte[] Write(JourneyContents contents, IReadOnlyList<StoredPart> parts)
    {
        var (rows, withoutUnit, withoutTime, outside, first, last) = contents.Summary;
        var stored = new StoredJourneys
        {
            Id = contents.Id,
            Summary = new(rows, withoutUnit, withoutTime, outside, first, last),
            Names = contents.Names.Coded,
            RareNames = contents.Names.Rare,
            MoreRareNames = contents.Names.MoreRare,
            Properties = [.. contents.Properties.Select(StoredProperty.Of)],
            LeftOut = [.. contents.LeftOut.Select(property => new StoredLeftOut(property.Name, property.Reason))],
            Parts = parts,
        };
        var index = JsonSerializer.SerializeToUtf8Bytes(stored, JourneyJson.Default.StoredJourneys);
        var file = new ArrayBufferWriter<byte>(index.Length + 64);
        file.Write(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"format\":{JourneySource.FormatVersion},\"checksum\":\"{JourneyChecksum.Of(index)}\",\"index\":"
                )
            )
        );
        file.Write(index);
        file.Write("}\n"u8);
        return file.WrittenSpan.ToArray();
    }

    /// <summary>Reads and checks it.</summary>
    /// <exception cref="NewerJourneysException">It has a newer format.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static StoredJourneys Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetInt32();
            if (format > JourneySource.FormatVersion)
            {
                throw new NewerJourneysException(format);
            }

            var index = root.GetProperty("index");
            return root.GetProperty("checksum").GetString() == JourneyChecksum.Of(JsonMarshal.GetRawUtf8Value(index))
                ? index.Deserialize(JourneyJson.Default.StoredJourneys)!
                : throw new InvalidDataException($"{FileName} does not have the checksum it names.");
        }
        catch (Exception damage)
            when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{FileName} cannot be read: {damage.Message}", damage);
        }
    }

    public static JourneyContents ToContents(StoredJourneys stored)
    {
        var summary = stored.Summary;
        return new()
        {
            Id = stored.Id,
            Summary = new(
                summary.Rows,
                summary.WithoutUnit,
                summary.WithoutTime,
                summary.OutsideCalendar,
                summary.FirstMicros,
                summary.LastMicros
            ),
            Names = new(stored.Names, stored.RareNames, stored.MoreRareNames),
            Properties = [.. stored.Properties.Select(property => property.ToProperty())],
            LeftOut = [.. stored.LeftOut.Select(property => new JourneyLeftOut(property.Name, property.Reason))],
        };
    }
}
