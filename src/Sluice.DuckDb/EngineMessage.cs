using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.DuckDb;

/// <summary>What DuckDB says of a failure, and where in the text that it was sent.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Line">The 1-based line; null where it gives none.</param>
/// <param name="Excerpt">That line with a mark below it; empty without one.</param>
internal sealed partial record EngineMessage(string Text, int? Line, string Excerpt)
{
    /// <summary>Takes a message apart: the line comes after it, with a caret below.</summary>
    public static EngineMessage Read(string message)
    {
        var match = Place().Match(message);
        if (!match.Success)
        {
            return new(message.TrimEnd(), null, "");
        }

        var number = match.Groups["line"].Value;
        var caret = match.Groups["blanks"].Length - $"LINE {number}: ".Length;
        return new(
            message[..match.Index],
            int.Parse(number, CultureInfo.InvariantCulture),
            $"\n    {match.Groups["text"].Value}\n    {new string(' ', Math.Max(0, caret))}^"
        );
    }

    /// <summary>Whether another message is about the same: it may be about another value, since rows come in any order.</summary>
    public bool IsLike(EngineMessage other) => Value().Replace(Text, "") == Value().Replace(other.Text, "");

    [GeneratedRegex(
        @"\s*\n\nLINE (?<line>[0-9]+): (?<text>[^\n]*)\n(?<blanks> *)\^\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Place();

    [GeneratedRegex("""'[^']*'|"[^"]*"|[0-9]+""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Value();
}
