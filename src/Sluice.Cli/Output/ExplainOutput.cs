using Sluice.Core.Funnels.Answers;
using Sluice.Core.Reports;

namespace Sluice.Cli.Output;

/// <summary>Which way an answer went, and why.</summary>
internal static class ExplainOutput
{
    public static void Write(FunnelAnswer answer)
    {
        var path = answer.Path;
        Console.Out.WriteLine($"engine     {path.Engine}");
        Console.Out.WriteLine($"evaluator  {path.Evaluator}");
        foreach (var reason in path.Reasons)
        {
            Console.Out.WriteLine($"because    {reason}");
        }

        var from = answer.Provenance;
        foreach (var (table, version) in from.Tables.OrderBy(table => table.Key))
        {
            Console.Out.WriteLine($"table      {table}, version {ValueText.Of(version)}");
        }

        if (from.File is { } file)
        {
            Console.Out.WriteLine($"file       {file}");
        }

        if (from.Build is { } build)
        {
            Console.Out.WriteLine($"build      {ValueText.Of(build)}");
        }

        Console.Out.WriteLine($"read       {FunnelNotes.Read(from)}");
        Console.Out.WriteLine($"watermark  {InstantText.Of(from.WatermarkMicros) ?? "none"}");
        Console.Out.WriteLine($"definition {from.Definition}");
    }
}
