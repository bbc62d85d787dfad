namespace Sluice.Core.Funnels.Evaluation;

/// <summary>What an event can be in a funnel: which steps it can take, and which exclusions it is one of.</summary>
/// <remarks>Steps and exclusions are counted from 0. Immutable; two kinds of equal content behave alike.</remarks>
public sealed class EventKind
{
    private readonly bool[] _steps;
    private readonly bool[] _exclusions;

    /// <summary>Makes a kind.</summary>
    /// <param name="steps">The steps it can take, from 0.</param>
    /// <param name="exclusions">The exclusions it is one of, from 0.</param>
    public EventKind(IEnumerable<int> steps, IEnumerable<int> exclusions)
    {
        StepArray = [.. steps.Distinct().Order()];
        ExclusionArray = [.. exclusions.Distinct().Order()];
        _steps = Flags(StepArray);
        _exclusions = Flags(ExclusionArray);
    }

    /// <summary>An event that takes no step and excludes nothing: only a strict funnel looks at it.</summary>
    public static EventKind Other { get; } = new([], []);

    /// <summary>The steps it can take, ascending.</summary>
    public IReadOnlyList<int> Steps => StepArray;

    /// <summary>The exclusions it is one of, ascending.</summary>
    public IReadOnlyList<int> Exclusions => ExclusionArray;

    /// <summary>Whether it takes a step or is one of an exclusion's.</summary>
    internal bool IsNamed => StepArray.Length + ExclusionArray.Length > 0;

    internal int[] StepArray { get; }

    internal int[] ExclusionArray { get; }

    /// <summary>Whether it can take the step.</summary>
    public bool Takes(int step) => step < _steps.Length && _steps[step];

    /// <summary>Whether it is one of the exclusion's events.</summary>
    public bool IsExcludedBy(int exclusion) => exclusion < _exclusions.Length && _exclusions[exclusion];

    /// <summary>The kind of an event of that name, where filters are not looked at.</summary>
    public static EventKind OfName(string name, FunnelDefinition funnel)
    {
        ArgumentNullException.ThrowIfNull(funnel);
        return new(
            Enumerable.Range(0, funnel.Steps.Count).Where(step => funnel.Steps[step].Events.MatchesName(name)),
            Enumerable.Range(0, funnel.Exclude.Count).Where(i => funnel.Exclude[i].Events.MatchesName(name))
        );
    }

    /// <summary>The same without one of its steps.</summary>
    internal EventKind Without(int step) => new(Steps.Where(own => own != step), Exclusions);

    private static bool[] Flags(IReadOnlyList<int> places)
    {
        var flags = new bool[places.Count == 0 ? 0 : places[^1] + 1];
        foreach (var place in places)
        {
            flags[place] = true;
        }

        return flags;
    }
}
