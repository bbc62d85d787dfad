using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>The <c>stats</c> of a data file: row count, nulls, and the bounds of integers and dates.</summary>
/// <remarks>Nothing else has bounds: a wrong one would make readers lose rows silently, and texts and times have rounding rules.</remarks>
internal static class DeltaStatistics
{
    public static string Write(StagedFile file, TableSchema schema)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", file.Rows);
            WriteBounds(json, "minValues", file, schema, statistics => statistics.Min);
            WriteBounds(json, "maxValues", file, schema, statistics => statistics.Max);
            json.WriteStartObject("nullCount");
            foreach (var (name, statistics) in file.Statistics)
            {
                json.WriteNumber(name, statistics.NullCount);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The row count, and the bounds of integer columns; -1 rows where the file has no statistics.</summary>
    public static (long Rows, Dictionary<string, long> Min, Dictionary<string, long> Max) Read(string? stats)
    {
        if (stats is null)
        {
            return (-1, [], []);
        }

        try
        {
            using var json = JsonDocument.Parse(stats);
            var rows = json.RootElement.TryGetProperty("numRecords", out var records) ? records.GetInt64() : -1;
            return (rows, ReadBounds(json.RootElement, "minValues"), ReadBounds(json.RootElement, "maxValues"));
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or FormatException)
        {
            throw new PipelineException($"The statistics of a data file cannot be read: {damage.Message}", damage)
            {
                Hint =
                    "The table's log is damaged: restore it from a backup, or delete the table's folder and load it again.",
            };
        }
    }

    private static Dictionary<string, long> ReadBounds(JsonElement stats, string name)
    {
        var bounds = new Dictionary<string, long>(StringComparer.Ordinal);
        if (stats.TryGetProperty(name, out var values))
        {
            foreach (var value in values.EnumerateObject())
            {
                if (value.Value.ValueKind == JsonValueKind.Number && value.Value.TryGetInt64(out var number))
                {
                    bounds[value.Name] = number;
                }
            }
        }

        return bounds;
    }

    private static void WriteBounds(
        Utf8JsonWriter json,
        string name,
        StagedFile file,
        TableSchema schema,
        Func<ColumnStatistics, long?> bound
    )
    {
        json.WriteStartObject(name);
        foreach (var column in schema.Columns)
        {
            if (!file.Statistics.TryGetValue(column.Name, out var statistics) || bound(statistics) is not { } value)
            {
                continue;
            }

            switch (column.Type.Kind)
            {
                case ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long:
                    json.WriteNumber(column.Name, value);
                    break;
                case ColumnKind.Date:
                    var date = DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays((int)value);
                    json.WriteString(column.Name, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                    break;
            }
        }

        json.WriteEndObject();
    }
}
