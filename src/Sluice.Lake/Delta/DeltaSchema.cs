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
        using var json = JsonDocument.Parse(schemaString);
        var columns = new List<Column>();
        foreach (var field in json.RootElement.GetProperty("fields").EnumerateArray())
        {
            var name = field.GetProperty("name").GetString()!;
            var type = field.GetProperty("type");
            if (type.ValueKind != JsonValueKind.String || !ColumnType.TryParse(type.GetString()!, out var known))
            {
                throw new PipelineException(
                    $"The column '{name}' of {table} has the type {type}, which Sluice does not read."
                );
            }

            columns.Add(new(name, known));
        }

        return new(columns);
    }
}
