using Sluice.Core.Funnels;

namespace Sluice.Project.Funnels;

/// <summary>The keys of a funnel that could not be read: of them, and of what they decide, nothing more is said.</summary>
internal sealed class UnreadKeys
{
    private static readonly string[] OfOrder =
    [
        "steps",
        "window",
        "order",
        "exclude",
        "entry",
        "hold",
        "by",
        "late_steps",
    ];

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public void Add(string key) => _keys.Add(key);

    /// <summary>What is wrong in the funnel that was read with their defaults.</summary>
    public IEnumerable<FunnelProblem> Check(FunnelDefinition funnel)
    {
        var silent = _keys.Concat(_keys.SelectMany(DecidedBy)).ToHashSet(StringComparer.Ordinal);
        return FunnelValidation.Check(funnel).Where(problem => !silent.Contains(problem.Key));
    }

    private static IEnumerable<string> DecidedBy(string key) =>
        key switch
        {
            "steps" => ["exclude", "attribution"],
            "order" => OfOrder,
            "semantics" => [.. OfOrder, "modes"],
            _ => [],
        };
}
