using Sluice.Core.Models.Testing;

namespace Sluice.Cli.Output;

/// <summary>Writes what tests found: a line for each, and the first rows.</summary>
internal static class TestOutput
{
    private const int LongestValue = 60;

    /// <summary>How many tests ran, in few words; empty where none did.</summary>
    public static string Summary(IReadOnlyList<TestResult> results)
    {
        var warned = results.Count(result => result.Status == TestStatus.Warn);
        return results.Count == 0 ? ""
            : warned > 0 ? $"{Count(results.Count)}, {warned} {(warned == 1 ? "warns" : "warn")}"
            : $"{Count(results.Count)} passed";
    }

    /// <summary>Writes those that found something to standard error.</summary>
    public static void WriteFindings(IReadOnlyList<TestResult> results)
    {
        foreach (var result in results.Where(result => result.Status != TestStatus.Pass))
        {
            Console.Error.WriteLine($"  {Words(result)}");
            WriteRows(result);
            if (result.KeptIn is { } path)
            {
                Console.Error.WriteLine(
                    $"    All of them: {Path.GetRelativePath(Directory.GetCurrentDirectory(), path)}"
                );
            }
        }
    }

    private static string Words(TestResult result)
    {
        var place = result.Line > 0 ? $"{result.File}, line {result.Line}" : result.File;
        var what = result.Status switch
        {
            TestStatus.Error => $"could not run: {result.Message}",
            TestStatus.Warn => $"warns: {ValueText.Count(result.Failures)} {Rows(result.Failures)}",
            _ => $"failed: {ValueText.Count(result.Failures)} {Rows(result.Failures)}",
        };
        return $"{result.Name} ({place}) {what}";
    }

    private static void WriteRows(TestResult result)
    {
        var table = result.Rows.Select(row => row.Select(Cell).ToArray()).Prepend([.. result.Columns]).ToList();
        if (result.Rows.Count == 0)
        {
            return;
        }

        var widths = Enumerable.Range(0, result.Columns.Count).Select(at => table.Max(row => row[at].Length)).ToList();
        foreach (var row in table)
        {
            Console.Error.WriteLine(
                $"    {string.Join("  ", row.Select((cell, at) => cell.PadRight(widths[at])))}".TrimEnd()
            );
        }
    }

    private static string Cell(string? value) =>
        value is null ? "null"
        : value.Length > LongestValue ? $"{value[..LongestValue]}…"
        : value.ReplaceLineEndings(" ");

    private static string Rows(long count) => count == 1 ? "row" : "rows";

    private static string Count(int tests) => tests == 1 ? "1 test" : $"{tests} tests";
}
