namespace Sluice.Core.Funnels.Questions;

/// <summary>A breakdown whose property was found.</summary>
/// <param name="Breakdown">What the user wrote.</param>
/// <param name="Of">Whose property it is: the user's, the event's or the entry's.</param>
/// <param name="Place">Its place among the values of that kind in the rows; 0 for the entry.</param>
internal sealed record ResolvedBreakdown(Breakdown Breakdown, BreakdownOf Of, int Place);
