namespace Sluice.Core.Filters;

/// <summary>A piece of a filter's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a text or a quoted name what is inside the quotes.</param>
/// <param name="Column">Where it begins, counted from 1.</param>
/// <param name="Number">A long or a double; null for what is no number.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Column, object? Number = null)
{
    /// <summary>Whether it is that keyword, in whatever case.</summary>
    public bool IsWord(string keyword) =>
        Kind == FilterTokenKind.Word && string.Equals(Text, keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is that sign.</summary>
    public bool IsSign(string sign) => Kind == FilterTokenKind.Sign && Text == sign;

    /// <summary>Whether it is a name.</summary>
    public bool IsName =>
        Kind == FilterTokenKind.QuotedName || (Kind == FilterTokenKind.Word && !FilterWords.IsKeyword(Text));

    /// <summary>How an error calls it.</summary>
    public string Shown =>
        Kind switch
        {
            FilterTokenKind.End => "the end",
            FilterTokenKind.Text => $"the text '{Text}'",
            FilterTokenKind.QuotedName => $"the name \"{Text}\"",
            FilterTokenKind.Word or FilterTokenKind.Number or FilterTokenKind.Sign => Text,
        };

    /// <summary>Says what is wrong with it.</summary>
    public DefinitionException Wrong(string problem, string hint) => Wrong(Column, problem, hint);

    /// <summary>Says what is wrong at a column.</summary>
    public static DefinitionException Wrong(int column, string problem, string hint) =>
        new(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The filter is wrong at column {column}: {problem}"
            ),
            hint
        );
}
