using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Core.Models.Properties;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Artifacts;

/// <summary>Pieces that both artifacts, and several of their nodes, are made of.</summary>
internal static class ArtifactJson
{
    // Whose shapes the documents have: programs that read them decide by it what they expect.
    private const string DbtVersion = "1.9.0";

    // Names and SQL are read by people too, and nothing here goes into HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Metadata(string schema, ArtifactRun run) =>
        new()
        {
            ["dbt_schema_version"] = $"https://schemas.getdbt.com/dbt/{schema}.json",
            ["dbt_version"] = DbtVersion,
            ["generated_at"] = Instant(run.GeneratedAt),
            ["invocation_id"] = run.Id,
            ["env"] = new JsonObject { ["SLUICE_VERSION"] = run.Version },
        };

    public static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    public static double Seconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds() / 1000.0;

    public static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    public static JsonObject Checksum(string name, string checksum) =>
        new() { ["name"] = name, ["checksum"] = checksum };

    public static JsonObject Columns(NodeProperties properties)
    {
        var columns = new JsonObject();
        foreach (var column in properties.Columns)
        {
            columns[column.Name] = new JsonObject
            {
                ["name"] = column.Name,
                ["description"] = column.Description,
                ["meta"] = Of(column.Meta),
                ["data_type"] = column.DataType,
                ["constraints"] = new JsonArray(),
                ["quote"] = null,
                ["tags"] = Texts(column.Tags),
                ["granularity"] = null,
            };
        }

        return columns;
    }

    public static JsonArray Sources(IEnumerable<TableId> sources) =>
        new([.. sources.Select(table => (JsonNode?)Texts([table.Schema, table.Name]))]);

    public static JsonArray Refs(IEnumerable<string> refs) =>
        new([
            .. refs.Select(name =>
                (JsonNode?)
                    new JsonObject
                    {
                        ["name"] = name,
                        ["package"] = null,
                        ["version"] = null,
                    }
            ),
        ]);

    public static JsonObject DependsOn(IEnumerable<string> nodes) =>
        new() { ["macros"] = new JsonArray(), ["nodes"] = Texts(nodes) };

    /// <summary>A map of what a user wrote.</summary>
    public static JsonObject Of(IReadOnlyDictionary<string, object?> map)
    {
        var json = new JsonObject();
        foreach (var (name, value) in map)
        {
            json[name] = Of(value);
        }

        return json;
    }

    /// <summary>A value that a user wrote.</summary>
    public static JsonNode? Of(object? value) =>
        value switch
        {
            null => null,
            JsonNode node => node.DeepClone(),
            string text => JsonValue.Create(text),
            bool truth => JsonValue.Create(truth),
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            double number when double.IsFinite(number) => JsonValue.Create(number),
            IReadOnlyDictionary<string, object?> map => Of(map),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Of)]),
            IFormattable other => JsonValue.Create(other.ToString(null, CultureInfo.InvariantCulture)),
            _ => JsonValue.Create(value.ToString()),
        };

    /// <summary>The document as UTF-8, without a byte order mark.</summary>
    public static byte[] Bytes(JsonObject document)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            document.WriteTo(json);
        }

        return bytes.ToArray();
    }
}
