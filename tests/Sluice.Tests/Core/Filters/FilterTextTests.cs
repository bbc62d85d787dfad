using CsCheck;
using Sluice.Core;
using Sluice.Core.Filters;

namespace Sluice.Tests.Core.Filters;

public sealed class FilterTextTests
{
    [Theory]
    [InlineData("a=1", "a = 1")]
    [InlineData("a != 1", "a <> 1")]
    [InlineData("a<-1", "a < -1")]
    [InlineData("a >= +1", "a >= 1")]
    [InlineData("1 <= a", "1 <= a")]
    [InlineData("a > b", "a > b")]
    [InlineData("a = 1.50", "a = 1.5")]
    [InlineData("a = 5.0", "a = 5.0")]
    [InlineData("a = -0.0", "a = 0.0")]
    [InlineData("a = 1E+20", "a = 1e20")]
    [InlineData("a = 1.5e-7", "a = 1.5e-07")]
    [InlineData("a = 9223372036854775807", "a = 9223372036854775807")]
    [InlineData("a = 9223372036854775808", "a = 9.223372036854776e18")]
    [InlineData("a = TRUE or a = False", "a = true or a = false")]
    [InlineData("a <> NULL", "a <> null")]
    [InlineData("a = 'it''s'", "a = 'it''s'")]
    [InlineData("a = ''", "a = ''")]
    [InlineData("\"a\" = 1", "a = 1")]
    [InlineData("\"utm source\" = 1", "\"utm source\" = 1")]
    [InlineData("\"a\"\"b\" = 1", "\"a\"\"b\" = 1")]
    [InlineData("\"\" = 1", "\"\" = 1")]
    [InlineData("\"Not\" = 1", "\"Not\" = 1")]
    [InlineData("größe_2 = 1", "größe_2 = 1")]
    [InlineData("a in (1,'x',null)", "a in (1, 'x', null)")]
    [InlineData("a NOT IN (1)", "a not in (1)")]
    [InlineData("a Like '%x_'", "a like '%x_'")]
    [InlineData("a not like ''", "a not like ''")]
    [InlineData("a IS NULL", "a is null")]
    [InlineData("a is not null", "a is not null")]
    [InlineData("a = 1 or b = 2 and c = 3", "a = 1 or b = 2 and c = 3")]
    [InlineData("(a = 1 or b = 2) and c = 3", "(a = 1 or b = 2) and c = 3")]
    [InlineData("(a = 1 and b = 2) and (c = 3)", "a = 1 and b = 2 and c = 3")]
    [InlineData("not a = 1 and b = 2", "not a = 1 and b = 2")]
    [InlineData("not (a = 1 and b = 2)", "not (a = 1 and b = 2)")]
    [InlineData("not not a = 1", "not not a = 1")]
    [InlineData(" \t\n a\n=\n1 ", "a = 1")]
    public void A_filter_is_read_and_written_canonically(string text, string canonical) =>
        Assert.Equal(canonical, FilterText.Parse(text).ToText());

    [Theory]
    [InlineData("", 1, "a condition is wanted, not the end", "amount > 0")]
    [InlineData("a", 1, "a alone is no condition", "a = true")]
    [InlineData("a and b = 1", 1, "a alone is no condition", "a = true")]
    [InlineData("not a", 5, "a alone is no condition", "a = true")]
    [InlineData("true", 5, "after true an operator is wanted", "amount > 0")]
    [InlineData("a =", 4, "a name or a value is wanted, not the end", "amount > 0")]
    [InlineData("a = and", 5, "a name or a value is wanted, not and", "\"and\"")]
    [InlineData("in = 1", 1, "a condition is wanted, not in", "\"in\"")]
    [InlineData("a == 1", 3, "there is no operator ==", "= <>")]
    [InlineData("a 1", 3, "after a an operator is wanted, not 1", "like, is null")]
    [InlineData("a = 1 b = 2", 7, "b is one too many", "'and' or 'or'")]
    [InlineData("a = 1)", 6, ") is one too many", "No parenthesis is open")]
    [InlineData("(a = 1 b = 2)", 8, "b is one too many", "'and' or 'or'")]
    [InlineData("b = 2 or (a = 1", 10, "the parenthesis is never closed", "missing )")]
    [InlineData("1 = 1", 1, "two values are compared", "without quotes")]
    [InlineData("'a' = 'b'", 1, "two values are compared", "\"double quotes\"")]
    [InlineData("a = 'x", 5, "the quote ' is never closed", "'it''s'")]
    [InlineData("\"a = 1", 1, "the quote \" is never closed", "\"a\"\"b\"")]
    [InlineData("a between 1 and 2", 3, "there is no 'between'", "a >= 1 and a <= 9")]
    [InlineData("lower(a) = 'x'", 1, "there is no function lower", "in the model")]
    [InlineData("a + 1 = 2", 3, "does not calculate", "in the model")]
    [InlineData("utm-source = 'x'", 4, "does not calculate", "double quotes")]
    [InlineData("page.title = 'x'", 5, "the character . means nothing here", "\"double quotes\"")]
    [InlineData("a = 1; drop table x", 6, "the character ; means nothing here", "quotes")]
    [InlineData("a = 12x", 5, "the number 12x cannot be read", "1.5e6")]
    [InlineData("a = 1.", 5, "the number 1. cannot be read", "-0.5")]
    [InlineData("a = 1e", 5, "the number 1e cannot be read", "1.5e6")]
    [InlineData("a = 1e400", 5, "the number 1e400 is too large", "1.8e308")]
    [InlineData("a in 1", 6, "after 'in' a ( is wanted, not 1", "channel in")]
    [InlineData("a in ()", 7, "a value is wanted, not )", "channel in")]
    [InlineData("a in (1 2)", 9, "a , or a ) is wanted, not 2", "channel in")]
    [InlineData("a in (b)", 7, "b is no value", "'single quotes'")]
    [InlineData("a like b", 8, "after 'like' a text is wanted, not b", "'/blog/%'")]
    [InlineData("a is 1", 6, "after 'is' the word null is wanted, not 1", "a is not null")]
    [InlineData("a = '\0'", 6, "a character that no text has", "Leave it out")]
    public void What_is_no_filter_is_refused_with_its_place(string text, int column, string problem, string hint)
    {
        var refusal = Assert.Throws<DefinitionException>(() => FilterText.Parse(text));

        Assert.StartsWith($"The filter is wrong at column {column}: ", refusal.Problem, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Problem, StringComparison.Ordinal);
        Assert.Contains(hint, refusal.Hint, StringComparison.Ordinal);
    }

    // Not as data of the test above: an attribute cannot hold half a pair.
    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains(
            "column 7: there is a character that no text has",
            Assert.Throws<DefinitionException>(() => FilterText.Parse("a = 'x\uDE00'")).Problem,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("(", "a = 1", ")")]
    [InlineData("not ", "a = 1", "")]
    public void Deep_nesting_is_refused(string before, string inner, string after)
    {
        string Nested(int levels) =>
            string.Concat(Enumerable.Repeat(before, levels)) + inner + string.Concat(Enumerable.Repeat(after, levels));

        Assert.NotNull(FilterText.Parse(Nested(FilterText.DeepestNesting - 1)));
        Assert.Throws<DefinitionException>(() => FilterText.Parse(Nested(FilterText.DeepestNesting)));
        Assert.Throws<DefinitionException>(() => FilterText.Parse(Nested(100_000)));
    }

    [Fact]
    public void The_text_of_a_filter_is_read_as_an_equal_one() =>
        FilterGen
            .Over("a", "Größe", "and", "with \"quotes\"", "", "two\nlines", "1st", "it's", "\U0001F600")
            .Sample(filter => FilterText.Parse(filter.ToText()).Equals(filter), iter: 5_000);

    [Fact]
    public void Whatever_is_written_is_read_or_refused() =>
        Gen.OneOf(
                Gen.String[0, 3],
                Gen.OneOf(
                    "a",
                    "=",
                    "<",
                    "1",
                    "-",
                    "'x'",
                    "\"y\"",
                    "(",
                    ")",
                    ",",
                    "and",
                    "or",
                    "not",
                    "in",
                    "is",
                    "null"
                )
            )
            .Array[0, 8]
            .Sample(
                pieces =>
                {
                    try
                    {
                        FilterText.Parse(string.Join(' ', pieces));
                    }
                    catch (DefinitionException refusal)
                    {
                        Assert.NotNull(refusal.Hint);
                    }
                },
                iter: 5_000
            );

    [Fact]
    public void The_names_are_told_once_each() =>
        Assert.Equal(["c", "a", "b"], FilterText.Parse("c = a or not (b in (1) and a like 'x') or b is null").Names);
}
