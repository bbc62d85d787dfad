using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>What extraction tells of itself to OpenTelemetry: meter and activity source <c>Sluice.Extraction</c>.</summary>
public static class ExtractMetrics
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Sluice.Extraction";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>(
        "sluice.extraction.rows",
        "{row}",
        "Rows read from sources."
    );
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>(
        "sluice.extraction.bytes",
        "By",
        "Bytes of the rows read, as they lie in memory."
    );
    private static readonly Histogram<double> Pages = Meter.CreateHistogram<double>(
        "sluice.extraction.page.duration",
        "s",
        "From asking for a page to its last row."
    );

    /// <summary>Spans of loads.</summary>
    internal static ActivitySource Activities { get; } = new(Name);

    internal static void Page(TableId table, int rows, long bytes, TimeSpan elapsed)
    {
        var tags = new TagList { { "sluice.source", table.Schema }, { "sluice.table", table.Name } };
        Rows.Add(rows, tags);
        Bytes.Add(bytes, tags);
        Pages.Record(elapsed.TotalSeconds, tags);
    }
}
