namespace Sluice.Tests.Funnels;

/// <summary>One line of a case: a user, or several units that share a user.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="User">The user; null for nobody.</param>
/// <param name="Events">The events, in the order written.</param>
/// <param name="Users">The user's rows.</param>
/// <param name="Expected">What becomes of the attempts; null where the line does not say.</param>
/// <param name="IsDropped">Whether it is said that events belong to nobody.</param>
internal sealed record CaseLine(
    string Text,
    string? User,
    IReadOnlyList<CaseEvent> Events,
    IReadOnlyList<CaseUser> Users,
    IReadOnlyList<CaseAttempt>? Expected,
    bool IsDropped
);
