using Sluice.Core.Funnels;
using Sluice.Core.Time;

namespace Sluice.Cli.Output;

/// <summary>Writes the answer of a funnel.</summary>
internal static class FunnelOutput
{
    public static void Write(FunnelAnswer answer, DataInterval interval, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                FunnelTable.Write(answer, interval);
                break;
            case OutputFormat.Csv:
                WriteCsv(answer);
                break;
            case OutputFormat.Json:
                WriteJson(answer, interval);
                break;
        }
    }

    private static void WriteCsv(FunnelAnswer answer)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput());
        CsvText.WriteLine(
            output,
            [
                .. answer.Funnel.By.Select(breakdown => breakdown.Label),
                "step",
                "name",
                "count",
                "previous",
                "with_previous",
                "conversion",
                "conversion_from_first",
                "drop_off",
                "median_seconds",
            ]
        );
        foreach (var segment in answer.Segments.Count > 0 ? answer.Segments : [answer.Total])
        {
            for (var step = 0; step < segment.Steps.Count; step++)
            {
                var counts = segment.Steps[step];
                object?[] values =
                [
                    .. segment.Values,
                    step + 1,
                    answer.Funnel.Steps[step].Name,
                    counts.Count,
                    counts.Previous,
                    counts.WithPrevious,
                    counts.Conversion,
                    counts.ConversionFromFirst,
                    counts.DropOff,
                    counts.MedianSeconds,
                ];
                CsvText.WriteLine(output, values.Select(ValueText.Of));
            }
        }
    }

    private static void WriteJson(FunnelAnswer answer, DataInterval interval)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = JsonText.Create(output))
        {
            json.WriteStartObject();
            json.WriteString("funnel", answer.Funnel.Name);
            json.WriteNumber("build", answer.Build);
            json.WriteString("interval", interval.Id);
            json.WriteStartArray("by");
            foreach (var breakdown in answer.Funnel.By)
            {
                json.WriteStringValue(breakdown.Label);
            }

            json.WriteEndArray();
            json.WritePropertyName("total");
            WriteSegment(json, answer, answer.Total);
            json.WriteStartArray("segments");
            foreach (var segment in answer.Segments)
            {
                WriteSegment(json, answer, segment);
            }

            json.WriteEndArray();
            json.WriteNumber("other_segments", answer.OtherSegments);
            json.WriteNumber("events_without_unit", answer.EventsWithoutUnit);
            json.WriteNumber("events_without_time", answer.EventsWithoutTime);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteSegment(System.Text.Json.Utf8JsonWriter json, FunnelAnswer answer, FunnelSegment segment)
    {
        json.WriteStartObject();
        json.WriteStartArray("values");
        foreach (var value in segment.Values)
        {
            JsonText.WriteValue(json, value);
        }

        json.WriteEndArray();
        json.WriteBoolean("other", segment.IsOther);
        json.WriteStartArray("steps");
        for (var step = 0; step < segment.Steps.Count; step++)
        {
            var counts = segment.Steps[step];
            json.WriteStartObject();
            json.WriteString("name", answer.Funnel.Steps[step].Name);
            json.WriteNumber("count", counts.Count);
            json.WriteNumber("previous", counts.Previous);
            json.WriteNumber("with_previous", counts.WithPrevious);
            JsonText.WriteNumber(json, "conversion", counts.Conversion);
            JsonText.WriteNumber(json, "conversion_from_first", counts.ConversionFromFirst);
            JsonText.WriteNumber(json, "drop_off", counts.DropOff);
            JsonText.WriteNumber(json, "median_seconds", counts.MedianSeconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
