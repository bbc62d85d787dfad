using System.Text.Json;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>The steps, times and estimate of one segment, as JSON.</summary>
/// <param name="funnel">The funnel.</param>
/// <param name="json">Where it is written.</param>
internal sealed class SegmentJson(FunnelDefinition funnel, Utf8JsonWriter json)
{
    private readonly IReadOnlyList<string> _steps = StepNames.Of(funnel);
    private readonly IReadOnlyList<string> _labels = FunnelNames.Labels(funnel.By);

    public void WriteSegment(FunnelSegment segment)
    {
        json.WriteStartObject();
        json.WriteStartObject("key");
        for (var i = 0; i < _labels.Count; i++)
        {
            json.WritePropertyName(_labels[i]);
            ReportValue.Write(json, segment.Values[i]);
        }

        json.WriteEndObject();
        WriteBody(segment);
        json.WriteEndObject();
    }

    public void WriteOther(FunnelSegment? other, int segments)
    {
        if (other is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("segments", segments);
        WriteBody(other);
        json.WriteEndObject();
    }

    public void WritePeriod(FunnelPeriod period)
    {
        json.WriteStartObject();
        json.WriteString("period", ReportValue.Date(period.Start));
        WriteSteps(period.Steps);
        StatisticsJson.WriteEstimate(json, period.Steps.Estimate);
        json.WriteEndObject();
    }

    public void WriteBody(FunnelSegment segment)
    {
        WriteSteps(segment);
        StatisticsJson.WriteTimes(json, "time_to_convert_seconds", segment.TimeToConvert);
        StatisticsJson.WriteHistogram(json, segment.Histogram);
        StatisticsJson.WriteEstimate(json, segment.Estimate);
    }

    private void WriteSteps(FunnelSegment segment)
    {
        json.WriteStartArray("steps");
        for (var i = 0; i < segment.Steps.Count; i++)
        {
            WriteStep(i, segment.Steps[i]);
        }

        json.WriteEndArray();
    }

    private void WriteStep(int step, FunnelStepAnswer answer)
    {
        json.WriteStartObject();
        json.WriteNumber("step", step + 1);
        json.WriteString("name", _steps[step]);
        json.WriteNumber("count", answer.Count.Count);
        ReportValue.Write(json, "conversion_from_first", answer.Count.ConversionFromFirst);
        ReportValue.Write(json, "conversion_from_previous", answer.Count.Conversion);
        StatisticsJson.WriteInterval(json, "conversion_interval", answer.ConversionInterval);
        StatisticsJson.WriteInterval(json, "conversion_from_first_interval", answer.ConversionFromFirstInterval);
        ReportValue.Write(json, "drop_off", answer.Count.DropOff);
        json.WritePropertyName("immature");
        ReportValue.Write(json, answer.Immature);
        StatisticsJson.WriteTimes(json, "time_from_previous_seconds", answer.Times);
        ReportValue.Write(json, "difference", answer.Test?.Difference);
        StatisticsJson.WriteInterval(json, "difference_interval", answer.Test?.DifferenceInterval);
        ReportValue.Write(json, "p_value", answer.Test?.PValue);
        ReportValue.Write(json, "q_value", answer.Test?.QValue);
        ReportValue.Write(json, "smallest_effect", answer.Test?.SmallestEffect);
        json.WriteEndObject();
    }
}
