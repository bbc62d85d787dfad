using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Picks the units that came to a step, or those that were at the step before it and did not.</summary>
/// <param name="rules">The funnel.</param>
/// <param name="step">The step, from 1.</param>
/// <param name="dropped">Whether those are meant who did not take it.</param>
/// <param name="found">Told of each, by one thread at a time.</param>
internal sealed class UnitList(FunnelRules rules, int step, bool dropped, Action<UnitLine> found) : IUnitWatcher
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public void Counted(UnitEvents unit, UnitOutcome outcome)
    {
        foreach (var attempt in outcome.Attempts.Where(IsMeant))
        {
            var line = new UnitLine(
                unit.Name,
                [.. Enumerable.Range(0, rules.Steps).Select(step => TimeOf(attempt, step))],
                [.. Enumerable.Range(0, rules.Steps).Select(attempt.Took)]
            );
            lock (_gate)
            {
                found(line);
            }
        }
    }

    private static long? TimeOf(Attempt attempt, int step) =>
        attempt.MicrosOf(step) is var micros && micros == FunnelEvent.NoTime ? null : micros;

    private bool IsMeant(Attempt attempt) =>
        dropped
            ? step > 1 && attempt.Took(rules.PreviousOf(step - 1)) && !attempt.Took(step - 1)
            : attempt.Took(step - 1);
}
