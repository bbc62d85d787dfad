using System.Text;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;

namespace Sluice.Cli.Output;

/// <summary>Writes the answer of a funnel to standard output.</summary>
internal static class FunnelOutput
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="showsTimes">Whether a table has the histogram of times, too; JSON and page always have it.</param>
    public static void Write(FunnelAnswer answer, FunnelFormat format, bool showsTimes = false)
    {
        if (format == FunnelFormat.Table)
        {
            FunnelTable.Write(answer, Terminal.Out, showsTimes);
            return;
        }

        // CSV has no place for them.
        if (format == FunnelFormat.Csv)
        {
            foreach (var warning in answer.Warnings)
            {
                Console.Error.WriteLine($"warning: {warning}");
            }

            foreach (var (term, note) in FunnelNotes.NotCounted(answer))
            {
                Console.Error.WriteLine($"note: {term}: {note}");
            }
        }

        using var output = Console.OpenStandardOutput();
        if (format == FunnelFormat.Json)
        {
            FunnelJson.Write(answer, output);
            return;
        }

        using var text = new StreamWriter(output, Utf8);
        if (format == FunnelFormat.Csv)
        {
            FunnelCsv.Write(answer, text);
        }
        else
        {
            FunnelHtml.Write(answer, text);
        }
    }
}
