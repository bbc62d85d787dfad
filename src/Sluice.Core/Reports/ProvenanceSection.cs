using System.Globalization;
using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>What the answer was computed from.</summary>
internal static class ProvenanceSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer)
    {
        page.Open("footer").Element("h2", "Where this comes from").Open("dl", ("class", "provenance"));
        foreach (var (term, text) in Lines(answer.Provenance))
        {
            page.Open("div").Element("dt", term).Open("dd").Element("bdi", text).Close().Close();
        }

        page.Close().Close();
    }

    private static IEnumerable<(string Term, string Text)> Lines(FunnelProvenance provenance)
    {
        if (provenance.Build is { } build)
        {
            var date = provenance.LogicalDate is { } day ? $" of {ReportValue.Date(day)}" : "";
            yield return ("build", Figures.Count(build) + date);
        }

        if (provenance.Tables.Count > 0)
        {
            yield return (
                "tables",
                string.Join(
                    ", ",
                    provenance
                        .Tables.OrderBy(table => table.Key)
                        .Select(table =>
                            string.Create(CultureInfo.InvariantCulture, $"{table.Key} version {table.Value}")
                        )
                )
            );
        }

        if (provenance.File is { } file)
        {
            yield return ("file", file);
        }

        yield return ("index", provenance.Index ?? "none: SQL answered");
        yield return ("definition", provenance.Definition);
        yield return ("semantics", provenance.Semantics.ToString(CultureInfo.InvariantCulture));
        yield return ("read", FunnelNotes.Read(provenance));
        yield return (
            "complete up to",
            provenance.WatermarkMicros is { } micros ? ReportValue.Instant(micros) : "no event"
        );
    }
}
