namespace Sluice.Core.Filters;

/// <summary>What a piece of a filter's text is.</summary>
internal enum FilterTokenKind
{
    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A text in single quotes.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A parenthesis, a comma or the sign of an operator.</summary>
    Sign,

    /// <summary>Nothing follows.</summary>
    End,
}
