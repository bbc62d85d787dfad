using Sluice.Core.Builds;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Planning;

/// <summary>What a run does with a model, and why.</summary>
/// <param name="Model">The model.</param>
/// <param name="Action">What.</param>
/// <param name="Reason">Why, for people: <c>SQL changed</c>, <c>new in app.users</c>.</param>
/// <param name="Record">What its table is made of.</param>
public sealed record PlannedModel(ModelDefinition Model, PlanAction Action, string Reason, ModelRecord Record)
{
    /// <summary>The version that is taken over or added to; null where there is none.</summary>
    public TableSnapshot? Before { get; init; }

    /// <summary>Whether the run does something with it: what becomes of the others follows from the plan.</summary>
    public bool IsOfRun => Action is PlanAction.Build or PlanAction.Add or PlanAction.Check;

    /// <summary>Whether the newest build of the run's own interval has that version.</summary>
    public bool IsOfInterval { get; init; }
}
