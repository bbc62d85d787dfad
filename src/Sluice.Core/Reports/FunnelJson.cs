using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>An answer as JSON, by the schema in docs/schema/funnel-answer.schema.json. Keys are added, never changed.</summary>
public static class FunnelJson
{
    // Names are seldom ASCII, and nothing here goes into HTML.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the answer as UTF-8, without a byte order mark, with a line feed at the end.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="output">Where it is written; stays open.</param>
    public static void Write(FunnelAnswer answer, Stream output)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            Write(answer, json);
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes the answer as one JSON object.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="json">Where it is written; is not flushed.</param>
    public static void Write(FunnelAnswer answer, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        WriteCounts(answer, json);
        json.WritePropertyName("provenance");
        ProvenanceJson.Write(answer.Provenance, json);
        json.WriteEndObject();
    }

    private static void WriteCounts(FunnelAnswer answer, Utf8JsonWriter json)
    {
        var funnel = answer.Funnel;
        var segments = new SegmentJson(funnel, json);
        json.WriteString("name", funnel.Name);
        json.WriteString("description", funnel.Description);
        json.WriteString("order", FunnelNames.Order(funnel.Order));
        ReportValue.Write(json, "window_seconds", funnel.Window?.TotalSeconds);
        WriteDate(json, "from", funnel.From);
        WriteDate(json, "to", funnel.To);
        segments.WriteBody(answer.Total);
        json.WriteStartArray("segments");
        foreach (var segment in answer.Segments)
        {
            segments.WriteSegment(segment);
        }

        json.WriteEndArray();
        json.WriteBoolean("segments_overlap", answer.SegmentsOverlap);
        json.WritePropertyName("other");
        segments.WriteOther(answer.Other, answer.OtherSegments);
        json.WriteNumber("excluded", answer.Excluded);
        json.WriteNumber("dropped_null_units", answer.Provenance.EventsWithoutUnit);
        json.WriteNumber("events_without_time", answer.Provenance.EventsWithoutTime);
        json.WriteStartArray("trend");
        foreach (var period in answer.Trend)
        {
            segments.WritePeriod(period);
        }

        json.WriteEndArray();
        json.WritePropertyName("before");
        if (answer.Before is { } before)
        {
            json.WriteStartObject();
            WriteCounts(before, json);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("warnings");
        foreach (var warning in answer.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
    }

    private static void WriteDate(Utf8JsonWriter json, string name, DateOnly? date) =>
        json.WriteString(name, date is { } day ? ReportValue.Date(day) : null);
}
