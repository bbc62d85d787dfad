using CsCheck;
using Sluice.Core.Filters;

namespace Sluice.Tests.Core.Filters;

/// <summary>Random filters over given names.</summary>
internal static class FilterGen
{
    /// <summary>Literals of every kind, among them neighbours that a double cannot tell apart.</summary>
    public static IReadOnlyList<FilterOperand.Literal> Values { get; } =
    [
        .. new object?[]
        {
            null,
            true,
            false,
            "",
            "a",
            "B",
            "it's",
            "b\"\n",
            "é",
            "\uFFFD",
            "\U0001F600",
            "5",
            "true",
            "2015-01-02",
            "2015-01-02T12:00:00.000001",
            "2015-01-02 01:00+01:00",
            0L,
            1L,
            5L,
            -7L,
            9_007_199_254_740_992L,
            9_007_199_254_740_993L,
            -9_007_199_254_740_993L,
            long.MaxValue,
            long.MinValue,
            0.0,
            0.1,
            1.5,
            5.0,
            -2.5e-7,
            1e300,
            9_007_199_254_740_992.0,
            1e19,
        }.Select(value => new FilterOperand.Literal(value)),
    ];

    private static readonly Gen<FilterOperand.Literal> Literals = Gen.OneOf([.. Values]);

    private static readonly Gen<string> Patterns = Gen.OneOf('a', 'b', 'é', '%', '_', '\\', '\'')
        .Array[0, 5]
        .Select(characters => new string(characters));

    public static Gen<Filter> Over(params string[] names) =>
        Gen.Recursive<Filter>(
            (depth, inner) => depth > 3 ? Condition(names) : Gen.Frequency((3, Condition(names)), (2, Compound(inner)))
        );

    private static Gen<Filter> Condition(string[] names)
    {
        var name = Gen.OneOf(names);
        var relation = Gen.Enum<FilterOperator>();
        var operand = name.Select(text => (FilterOperand)new FilterOperand.Name(text));
        var literal = Literals.Select(value => (FilterOperand)value);
        var likeness = Gen.Select(name, Patterns, Gen.Bool, (a, b, c) => (Filter)new Filter.Pattern(a, b, c));
        return Gen.OneOf(
            Gen.Select(operand, relation, literal, (a, b, c) => (Filter)new Filter.Comparison(a, b, c)),
            Gen.Select(literal, relation, operand, (a, b, c) => (Filter)new Filter.Comparison(a, b, c)),
            Gen.Select(operand, relation, operand, (a, b, c) => (Filter)new Filter.Comparison(a, b, c)),
            Gen.Select(name, Literals.Array[1, 6], Gen.Bool, (a, b, c) => (Filter)new Filter.OneOf(a, b, c)),
            likeness,
            Gen.Select(name, Gen.Bool, (a, b) => (Filter)new Filter.IsNull(a, b))
        );
    }

    private static Gen<Filter> Compound(Gen<Filter> inner) =>
        Gen.OneOf(
            inner.Array[2, 3].Select(parts => (Filter)new Filter.Conjunction(parts)),
            inner.Array[2, 3].Select(parts => (Filter)new Filter.Disjunction(parts)),
            inner.Select(part => (Filter)new Filter.Negation(part))
        );
}
