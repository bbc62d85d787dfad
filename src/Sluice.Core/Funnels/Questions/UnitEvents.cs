using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>One unit with all its events that the funnel looks at.</summary>
/// <param name="Name">The unit.</param>
/// <param name="Events">Its events, by time.</param>
/// <param name="Values">The values of the breakdowns by event properties, per event; empty tuples without such.</param>
/// <param name="Users">Its rows among the users, by their validity; empty where no property of users is asked for.</param>
internal sealed record UnitEvents(
    string Name,
    IReadOnlyList<FunnelEvent> Events,
    IReadOnlyList<PropertyValues> Values,
    IReadOnlyList<UserRow> Users
)
{
    /// <summary>The values of the user's properties as they were at an instant, without one as they are now; null where no row is valid.</summary>
    public IReadOnlyList<object?>? UserAt(long micros) =>
        Users.LastOrDefault(row => micros == FunnelEvent.NoTime || row.IsValidAt(micros))?.Values;
}
