using System.Text.Json;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Statistics;

namespace Sluice.Core.Reports;

/// <summary>Times, intervals and estimates as JSON; null where there are none.</summary>
internal static class StatisticsJson
{
    private const double MicrosPerSecond = 1e6;

    public static void WriteTimes(Utf8JsonWriter json, string name, StepTimes? times)
    {
        if (times is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        ReportValue.Write(json, "mean", times.Mean);
        ReportValue.Write(json, "median", times.Median);
        ReportValue.Write(json, "p90", times.P90);
        json.WriteEndObject();
    }

    public static void WriteHistogram(Utf8JsonWriter json, Histogram? histogram)
    {
        if (histogram is null)
        {
            json.WriteNull("histogram");
            return;
        }

        json.WriteStartObject("histogram");
        json.WriteStartArray("edges_seconds");
        foreach (var edge in histogram.Edges)
        {
            json.WriteNumberValue(edge / MicrosPerSecond);
        }

        json.WriteEndArray();
        json.WriteStartArray("counts");
        foreach (var count in histogram.Counts)
        {
            json.WriteNumberValue(count);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteEstimate(Utf8JsonWriter json, KaplanMeierEstimate? estimate)
    {
        if (estimate is null)
        {
            json.WriteNull("estimate");
            return;
        }

        json.WriteStartObject("estimate");
        ReportValue.Write(json, "conversion", estimate.Conversion);
        WriteInterval(json, "interval", estimate.Interval);
        json.WriteNumber("converted", estimate.Events);
        json.WriteNumber("censored", estimate.Censored);
        json.WriteEndObject();
    }

    public static void WriteInterval(Utf8JsonWriter json, string name, Interval? interval)
    {
        if (Figures.Finite(interval?.Low) is not { } low || Figures.Finite(interval?.High) is not { } high)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        json.WriteNumberValue(low);
        json.WriteNumberValue(high);
        json.WriteEndArray();
    }
}
