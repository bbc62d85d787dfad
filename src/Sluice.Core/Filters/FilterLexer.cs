using System.Globalization;
using System.Text;

namespace Sluice.Core.Filters;

/// <summary>Cuts a filter's text into pieces.</summary>
internal static class FilterLexer
{
    /// <summary>All pieces; the last one is the end.</summary>
    /// <exception cref="DefinitionException">A character, a number or a text cannot be read.</exception>
    public static IReadOnlyList<FilterToken> Read(string text)
    {
        Characters(text);
        var tokens = new List<FilterToken>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(FilterTokenKind.End, "", at + 1));
                return tokens;
            }

            tokens.Add(Next(text, ref at));
        }
    }

    // What a statement cannot carry: half a surrogate pair, and the character that ends a statement in C.
    private static void Characters(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\0' || !Rune.TryGetRuneAt(text, at, out var character))
            {
                throw FilterToken.Wrong(at + 1, "there is a character that no text has.", "Leave it out.");
            }

            at += character.Utf16SequenceLength - 1;
        }
    }

    private static FilterToken Next(string text, ref int at)
    {
        var begin = at;
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        switch (text[at])
        {
            case '\'':
                return new(FilterTokenKind.Text, Quoted(text, ref at), begin + 1);
            case '"':
                return new(FilterTokenKind.QuotedName, Quoted(text, ref at), begin + 1);
            case '(' or ')' or ',':
                at++;
                return new(FilterTokenKind.Sign, text[begin..at], begin + 1);
            case '=' or '<' or '>' or '!':
                while (at < text.Length && text[at] is '=' or '<' or '>' or '!')
                {
                    at++;
                }

                return FilterOperators.Find(text[begin..at]) is null
                    ? throw FilterToken.Wrong(
                        begin + 1,
                        $"there is no operator {text[begin..at]}.",
                        "The operators are = <> < <= > >=."
                    )
                    : new(FilterTokenKind.Sign, text[begin..at], begin + 1);
            case var digit when char.IsAsciiDigit(digit) || (digit is '+' or '-' && char.IsAsciiDigit(next)):
                return Number(text, ref at);
            case var letter when FilterWords.BeginsName(letter):
                while (at < text.Length && FilterWords.ContinuesName(text[at]))
                {
                    at++;
                }

                return new(FilterTokenKind.Word, text[begin..at], begin + 1);
            case '+' or '-' or '*' or '/' or '%':
                throw FilterToken.Wrong(
                    begin + 1,
                    "a filter does not calculate.",
                    "Make a column of it in the model, or put a name that has such a character in double quotes."
                );
            default:
                throw FilterToken.Wrong(
                    begin + 1,
                    $"the character {Rune.GetRuneAt(text, begin)} means nothing here.",
                    "A text stands in 'single quotes', a name with other characters than letters, digits and _ in \"double quotes\"."
                );
        }
    }

    private static string Quoted(string text, ref int at)
    {
        var (begin, quote) = (at, text[at]);
        var content = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                if (at + 1 == text.Length || text[at + 1] != quote)
                {
                    at++;
                    return content.ToString();
                }

                at++;
            }

            content.Append(text[at]);
        }

        throw FilterToken.Wrong(
            begin + 1,
            $"the quote {quote} is never closed.",
            $"A quote inside is written twice: {(quote == '"' ? "\"a\"\"b\"" : "'it''s'")}."
        );
    }

    private static FilterToken Number(string text, ref int at)
    {
        var begin = at++;
        var integer = true;
        Digits(text, ref at);
        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            (integer, at) = (false, at + 1);
            Digits(text, ref at);
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var exponent = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
            if (exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            {
                (integer, at) = (false, exponent);
                Digits(text, ref at);
            }
        }

        var written = text[begin..at];
        if (at < text.Length && (FilterWords.ContinuesName(text[at]) || text[at] == '.'))
        {
            throw FilterToken.Wrong(
                begin + 1,
                $"the number {written}{text[at]} cannot be read.",
                "Write for example 5, -0.5 or 1.5e6; a text stands in 'single quotes'."
            );
        }

        if (
            integer
            && long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        )
        {
            return new(FilterTokenKind.Number, written, begin + 1, whole);
        }

        var number = double.Parse(written, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? new(FilterTokenKind.Number, written, begin + 1, number)
            : throw FilterToken.Wrong(
                begin + 1,
                $"the number {written} is too large.",
                "The largest is about 1.8e308."
            );
    }

    private static void Digits(string text, ref int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
    }
}
