using System.Text.Json;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>Where an answer comes from, as JSON.</summary>
internal static class ProvenanceJson
{
    public static void Write(FunnelProvenance provenance, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteNumber(json, "build", provenance.Build);
        json.WriteString("logical_date", provenance.LogicalDate is { } date ? ReportValue.Date(date) : null);
        json.WriteStartObject("tables");
        foreach (var (table, version) in provenance.Tables.OrderBy(table => table.Key))
        {
            json.WriteNumber(table.ToString(), version);
        }

        json.WriteEndObject();
        json.WriteString("file", provenance.File);
        json.WriteString("index", provenance.Index);
        json.WriteString("definition", provenance.Definition);
        json.WriteNumber("semantics", provenance.Semantics);
        json.WriteNumber("rows", provenance.Rows);
        json.WriteNumber("units", provenance.Units);
        json.WriteString("watermark", provenance.WatermarkMicros is { } micros ? ReportValue.Instant(micros) : null);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
