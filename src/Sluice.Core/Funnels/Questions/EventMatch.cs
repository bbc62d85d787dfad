using System.Globalization;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>
/// What an event can be in a funnel, as bits in words of 63: bit i of all words together stands for the i-th step, or for
/// an exclusion after the steps.
/// </summary>
internal static class EventMatch
{
    private const int BitsInWord = 63;

    /// <summary>Words that hold the bits of a funnel.</summary>
    public static int WordsOf(FunnelDefinition funnel) =>
        (funnel.Steps.Count + funnel.Exclude.Count + BitsInWord - 1) / BitsInWord;

    /// <summary>The expression of each word.</summary>
    /// <param name="funnel">The funnel.</param>
    /// <param name="table">The table whose rows are looked at.</param>
    /// <param name="name">The expression of the event's name.</param>
    /// <param name="filtered">Whether filters are looked at; else names alone are.</param>
    public static IEnumerable<string> Words(
        FunnelDefinition funnel,
        EventRelation table,
        string name,
        bool filtered = true
    )
    {
        var selectors = funnel
            .Steps.Select(step => step.Events)
            .Concat(funnel.Exclude.Select(exclusion => exclusion.Events));
        return selectors
            .Chunk(BitsInWord)
            .Select(word =>
                string.Join(
                    " + ",
                    word.Select(
                        (selector, bit) =>
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"case when {Condition(filtered ? selector : selector with { Where = null }, table, name)} then {1L << bit} else 0 end"
                            )
                    )
                )
            )
            .Select(sum => $"cast({sum} as bigint)");
    }

    /// <summary>The bits that are set, ascending.</summary>
    public static IReadOnlyList<int> BitsOf(ReadOnlySpan<long> words)
    {
        var places = new List<int>();
        for (var word = 0; word < words.Length; word++)
        {
            for (var bit = 0; bit < BitsInWord; bit++)
            {
                if (((words[word] >> bit) & 1) == 1)
                {
                    places.Add((word * BitsInWord) + bit);
                }
            }
        }

        return places;
    }

    /// <summary>The kind that the words mean.</summary>
    public static EventKind KindOf(ReadOnlySpan<long> words, int steps)
    {
        var places = BitsOf(words);
        return places.Count == 0
            ? EventKind.Other
            : new(
                places.Where(place => place < steps),
                places.Where(place => place >= steps).Select(place => place - steps)
            );
    }

    private static string Condition(EventSelector selector, EventRelation table, string name)
    {
        var names = selector
            .Names.Where(pattern => !EventSelector.IsPrefix(pattern))
            .Select(SqlIdentifier.Literal)
            .ToList();
        var parts = selector
            .Names.Where(EventSelector.IsPrefix)
            .Select(pattern => pattern == "*" ? "true" : $"starts_with({name}, {SqlIdentifier.Literal(pattern[..^1])})")
            .Concat(names.Count > 0 ? [$"{name} in ({string.Join(", ", names)})"] : []);
        var condition = $"({string.Join(" or ", parts)})";
        return selector.Where is { } where ? $"{condition} and {EventFilter.Sql(where, table)}" : condition;
    }
}
