using System.Text;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>A table's columns as the protocol's <c>schemaString</c>.</summary>
internal static class DeltaSchema
{
    public static string Write(TableSchema schema)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "struct");
            json.WriteStartArray("fields");
            foreach (var column in schema.Columns)
            {
                json.WriteStartObject();
                json.WriteString("name", column.Name);
                json.WriteString("type", column.Type.ToString());
                json.WriteBoolean("nullable", true);
                json.WriteStartObject("metadata");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads what a commit says of the columns.</summary>
    /// <exception cref="PipelineException">A column has a type that Sluice does not read.</exception>
    public static TableSchema Read(string schemaString, TableId table)
    {
        try
        {
            using var json = JsonDocument.Parse(schemaString);
            return new(json.RootElement.GetProperty("fields").EnumerateArray().Select(field => ColumnOf(field, table)));
        }
        catch (Exception damage)
            when (damage is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new PipelineException(
                $"The log of {table} is damaged: its columns cannot be read ({damage.Message}).",
                damage
            )
            {
                Hint = "Restore it from a backup, or delete the table's folder and load it again.",
            };
        }
    }

    private static Column ColumnOf(JsonElement field, TableId table)
    {
        var name = field.GetProperty("name").GetString()!;
        var type = field.GetProperty("type");
        return type.ValueKind == JsonValueKind.String && ColumnType.TryParse(type.GetString()!, out var known)
            ? new(name, known)
            : throw new PipelineException(
                $"The column '{name}' of {table} has the type {type}, which Sluice does not read."
            );
    }
}
