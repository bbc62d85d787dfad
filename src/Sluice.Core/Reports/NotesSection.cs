using Sluice.Core.Funnels.Answers;

namespace Sluice.Core.Reports;

/// <summary>Who was left out, and what the figures mean.</summary>
internal static class NotesSection
{
    public static void Write(MarkupWriter page, FunnelAnswer answer)
    {
        page.Section("How to read this").Open("dl", ("class", "notes"));
        foreach (var (term, text) in FunnelNotes.LeftOut(answer).Concat(FunnelNotes.Statistics(answer)))
        {
            page.Open("div").Element("dt", term).Element("dd", text).Close();
        }

        page.Close().Close();
    }
}
