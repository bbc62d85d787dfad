using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>What a text of a format without types stands for, as conditions on a value that is not null.</summary>
internal static class UntypedValue
{
    private const string Number = @"-?(0|[1-9]\d*)(\.\d+([eE][+-]?\d+)?|[eE][+-]?\d+)";

    /// <summary>A whole number of 64 bits, written as such numbers are.</summary>
    public static string IsWhole(string value) =>
        $"coalesce(cast(try_cast({value} as bigint) as varchar) = {value}, false)";

    /// <summary>Another number that is finite.</summary>
    public static string IsNumber(string value) =>
        $"(regexp_full_match({value}, {SqlIdentifier.Literal(Number)}) and coalesce(isfinite(try_cast({value} as double)), false))";

    /// <summary>True or false, in any case.</summary>
    public static string IsTruth(string value) =>
        $"(length({value}) in (4, 5) and lower({value}) in ('true', 'false'))";
}
