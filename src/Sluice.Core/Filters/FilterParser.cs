namespace Sluice.Core.Filters;

/// <summary>Makes a filter of the pieces of its text.</summary>
/// <param name="tokens">The pieces; the last one is the end.</param>
internal sealed class FilterParser(IReadOnlyList<FilterToken> tokens)
{
    private const string Example = "Write for example amount > 0 and channel in ('mail', 'web').";

    private int _at;
    private int _depth;

    private FilterToken Current => tokens[_at];

    /// <summary>Reads all pieces.</summary>
    /// <exception cref="DefinitionException">They are no filter.</exception>
    public Filter Parse()
    {
        var filter = Disjunction();
        return Current.Kind == FilterTokenKind.End
            ? filter
            : throw Current.Wrong(
                $"{Current.Shown} is one too many.",
                Current.IsSign(")") ? "No parenthesis is open here." : "Join two conditions with 'and' or 'or'."
            );
    }

    private Filter Disjunction()
    {
        var parts = new List<Filter>();
        do
        {
            parts.Add(Conjunction());
        } while (Take("or"));

        return parts.Count == 1 ? parts[0] : new Filter.Disjunction(parts);
    }

    private Filter Conjunction()
    {
        var parts = new List<Filter>();
        do
        {
            parts.Add(Negation());
        } while (Take("and"));

        return parts.Count == 1 ? parts[0] : new Filter.Conjunction(parts);
    }

    private Filter Negation()
    {
        var begin = Current;
        if (++_depth > FilterText.DeepestNesting)
        {
            throw begin.Wrong(
                $"it is nested deeper than {FilterText.DeepestNesting} levels.",
                "Write it with fewer parentheses; 'in' replaces many comparisons with one name."
            );
        }

        var filter =
            Take("not") ? new Filter.Negation(Negation())
            : begin.IsSign("(") ? Group()
            : Condition();
        _depth--;
        return filter;
    }

    private Filter Group()
    {
        var open = Current;
        _at++;
        var filter = Disjunction();
        if (!Current.IsSign(")"))
        {
            throw Current.Kind == FilterTokenKind.End
                ? open.Wrong("the parenthesis is never closed.", "Add the missing ).")
                : Current.Wrong($"{Current.Shown} is one too many.", "Join two conditions with 'and' or 'or'.");
        }

        _at++;
        return filter;
    }

    private Filter Condition()
    {
        var first = Current;
        var left = Operand("a condition is wanted", Example);
        if (Current.Kind == FilterTokenKind.Sign && FilterOperators.Find(Current.Text) is { } relation)
        {
            _at++;
            var right = Operand("a name or a value is wanted", Example);
            return left is FilterOperand.Literal && right is FilterOperand.Literal
                ? throw first.Wrong(
                    "two values are compared, and no name.",
                    "A name stands without quotes or in \"double quotes\", a text in 'single quotes'."
                )
                : new Filter.Comparison(left, relation, right);
        }

        if (left is not FilterOperand.Name { Text: var name })
        {
            throw Current.Wrong($"after {first.Shown} an operator is wanted, not {Current.Shown}.", Example);
        }

        if (Take("is"))
        {
            var present = Take("not");
            return Take("null")
                ? new Filter.IsNull(name, present)
                : throw Current.Wrong(
                    $"after 'is' the word null is wanted, not {Current.Shown}.",
                    $"Write {first.Text} is null or {first.Text} is not null; other values are compared with =."
                );
        }

        var negated = Take("not");
        return Take("in") ? List(name, negated)
            : Take("like") ? Pattern(name, negated)
            : throw NoOperator(first);
    }

    private DefinitionException NoOperator(FilterToken name) =>
        Current.IsSign("(") ? name.Wrong($"there is no function {name.Text}.", "Make a column of it in the model.")
        : Current.IsWord("between")
            ? Current.Wrong("there is no 'between'.", $"Write {name.Text} >= 1 and {name.Text} <= 9.")
        : Current.Kind == FilterTokenKind.End || Current.IsWord("and") || Current.IsWord("or") || Current.IsSign(")")
            ? name.Wrong($"{name.Shown} alone is no condition.", $"Write {name.Text} = true.")
        : Current.Wrong(
            $"after {name.Shown} an operator is wanted, not {Current.Shown}.",
            "The operators are = <> < <= > >=, in, like, is null; not in, not like, is not null."
        );

    private Filter.OneOf List(string name, bool negated)
    {
        const string Hint = "Write for example channel in ('mail', 'web').";
        if (!Current.IsSign("("))
        {
            throw Current.Wrong($"after 'in' a ( is wanted, not {Current.Shown}.", Hint);
        }

        var values = new List<FilterOperand.Literal>();
        do
        {
            _at++;
            var value = Current;
            values.Add(
                Operand("a value is wanted", Hint) as FilterOperand.Literal
                    ?? throw value.Wrong($"{value.Shown} is no value.", "A text stands in 'single quotes'.")
            );
        } while (Current.IsSign(","));

        if (!Current.IsSign(")"))
        {
            throw Current.Wrong($"a , or a ) is wanted, not {Current.Shown}.", Hint);
        }

        _at++;
        return new(name, values, negated);
    }

    private Filter.Pattern Pattern(string name, bool negated)
    {
        var pattern = Current;
        if (pattern.Kind != FilterTokenKind.Text)
        {
            throw pattern.Wrong(
                $"after 'like' a text is wanted, not {pattern.Shown}.",
                "Write for example page like '/blog/%'."
            );
        }

        _at++;
        return new(name, pattern.Text, negated);
    }

    private FilterOperand Operand(string wanted, string hint)
    {
        var token = Current;
        FilterOperand? operand =
            token.IsName ? new FilterOperand.Name(token.Text)
            : token.Kind == FilterTokenKind.Text ? new FilterOperand.Literal(token.Text)
            : token.Kind == FilterTokenKind.Number ? new FilterOperand.Literal(token.Number)
            : token.IsWord("true") ? new FilterOperand.Literal(true)
            : token.IsWord("false") ? new FilterOperand.Literal(false)
            : token.IsWord("null") ? new FilterOperand.Literal(null)
            : null;
        _at += operand is null ? 0 : 1;
        return operand
            ?? throw token.Wrong(
                $"{wanted}, not {token.Shown}.",
                token.Kind == FilterTokenKind.Word
                    ? $"A name that is a keyword stands in quotes: \"{token.Text}\"."
                    : hint
            );
    }

    private bool Take(string keyword)
    {
        var taken = Current.IsWord(keyword);
        _at += taken ? 1 : 0;
        return taken;
    }
}
