namespace Sluice.Core.Filters;

/// <summary>Reads filters as people write them: <c>amount &gt; 0 and channel in ('mail', 'web')</c>.</summary>
public static class FilterText
{
    /// <summary>How deep parentheses and <c>not</c> may be nested.</summary>
    public const int DeepestNesting = 100;

    /// <summary>Reads a filter.</summary>
    /// <exception cref="DefinitionException">It is none; the message says what is wrong and at which column, counted from 1.</exception>
    public static Filter Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FilterParser(FilterLexer.Read(text)).Parse();
    }
}
