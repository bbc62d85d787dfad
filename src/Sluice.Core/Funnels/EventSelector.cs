using Sluice.Core.Filters;

namespace Sluice.Core.Funnels;

/// <summary>Says which events are meant: by their names, and by a filter over their columns and properties.</summary>
/// <param name="Names">Names of events; <c>*</c> at the end stands for any ending, <c>*</c> alone for every event, also one without a name.</param>
/// <param name="Where">What must be true of an event beside its name; null asks nothing.</param>
public sealed record EventSelector(IReadOnlyList<string> Names, Filter? Where = null)
{
    /// <summary>The events of one name.</summary>
    public static EventSelector Of(string name) => new([name]);

    /// <summary>Whether the name is one of those meant. Names are compared exactly.</summary>
    /// <param name="name">The name; empty for an event that has none, which <c>*</c> alone takes.</param>
    public bool MatchesName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Names.Any(pattern =>
            IsPrefix(pattern)
                ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
                : pattern == name
        );
    }

    /// <summary>Whether some name is meant by both.</summary>
    public bool Overlaps(EventSelector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Names.Any(mine => other.Names.Any(theirs => Overlap(mine, theirs)));
    }

    internal static bool IsPrefix(string pattern) => pattern.EndsWith('*');

    private static bool Overlap(string a, string b) =>
        (IsPrefix(a), IsPrefix(b)) switch
        {
            (false, false) => a == b,
            (true, false) => b.StartsWith(a[..^1], StringComparison.Ordinal),
            (false, true) => a.StartsWith(b[..^1], StringComparison.Ordinal),
            (true, true) => a.StartsWith(b[..^1], StringComparison.Ordinal)
                || b.StartsWith(a[..^1], StringComparison.Ordinal),
        };
}
