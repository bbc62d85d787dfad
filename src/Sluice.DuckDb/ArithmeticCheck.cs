using Sluice.Core;
using Sluice.Core.Sql;

namespace Sluice.DuckDb;

/// <summary>Makes a division by zero fail, which DuckDB answers with infinity or null.</summary>
internal static class ArithmeticCheck
{
    private const string ByZero = "division by zero";

    // Operators are functions by their sign. Where the divisor is a constant, the optimizer leaves nothing of the check.
    private static readonly (string Name, string Own)[] Divisions =
    [
        ("/", "/"),
        ("//", "//"),
        ("%", "%"),
        ("divide", "//"),
        ("fdiv", "fdiv"),
        ("fmod", "fmod"),
        ("mod", "%"),
    ];

    /// <summary>The statements that put the checked operators before the engine's own.</summary>
    public static string Setup { get; } =
        string.Join(
            "; ",
            Divisions.Select(division =>
                $"create temp macro {SqlIdentifier.Quote(division.Name)}(a, b) as case when b = 0 then error('{ByZero}') "
                + $"else system.main.{SqlIdentifier.Quote(division.Own)}(a, b) end"
            )
        );

    /// <summary>The statements that leave the engine's own.</summary>
    public static string Teardown { get; } =
        string.Join("; ", Divisions.Select(division => $"drop macro temp.{SqlIdentifier.Quote(division.Name)}"));

    /// <summary>The functions of which a message says that they failed, where it gives no line.</summary>
    public static IReadOnlyList<string> FunctionsOf(string message) =>
        message.Contains(ByZero, StringComparison.Ordinal) ? [.. Divisions.Select(division => division.Name)]
        : message.Contains("Overflow in multiplication", StringComparison.Ordinal) ? ["*", "multiply"]
        : message.Contains("Overflow in addition", StringComparison.Ordinal) ? ["+", "add"]
        : message.Contains("Overflow in subtraction", StringComparison.Ordinal) ? ["-", "subtract"]
        : [];

    /// <summary>What to do about a failure of arithmetic; null for one of another kind.</summary>
    public static string? HintFor(string message) =>
        message.Contains(ByZero, StringComparison.Ordinal)
            ? $"Write nullif(…, 0) around the divisor, which gives null. {OptOut}"
        : message.Contains("TRY can not be used", StringComparison.Ordinal)
            ? $"A division is checked, which try() does not take: write nullif(…, 0) around the divisor. {OptOut}"
        : null;

    /// <summary>A column of numbers that are infinite or none.</summary>
    public static PipelineException NotFinite(string subject, string column, long rows) =>
        new(
            $"{subject}: the column '{column}' has {rows} {(rows == 1 ? "row" : "rows")} with a number that is infinite or none (NaN)."
        )
        {
            Hint = $"Keep it finite, for example: case when isfinite(x) then x end. {OptOut}",
        };

    private const string OptOut = "To keep what the engine gives: {{ config(meta={'arithmetic': 'engine'}) }}.";
}
