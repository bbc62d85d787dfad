namespace Sluice.Core.Funnels.Evaluation;

/// <summary>How a unit is counted.</summary>
/// <param name="Attempts">The attempts that count: one at most, unless every attempt does.</param>
/// <param name="Excluded">The attempts that do not count since an excluded event lies in them; for a unit, 1 at most.</param>
public sealed record UnitOutcome(IReadOnlyList<Attempt> Attempts, IReadOnlyList<Attempt> Excluded)
{
    /// <summary>A unit that never entered.</summary>
    public static UnitOutcome None { get; } = new([], []);

    internal static UnitOutcome Of(Attempt? attempt) =>
        attempt is null ? None
        : attempt.IsTainted ? new([], [attempt])
        : new([attempt], []);
}
