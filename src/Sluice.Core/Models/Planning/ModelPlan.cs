namespace Sluice.Core.Models.Planning;

/// <summary>What a run over the models would do, in the order in which it would.</summary>
/// <param name="Models">All models of the project; those that were not asked for are kept.</param>
public sealed record ModelPlan(IReadOnlyList<PlannedModel> Models)
{
    /// <summary>Whether the project has a model.</summary>
    public bool Has(string model) => Models.Any(planned => planned.Model.Name == model);

    /// <summary>What is done with a model.</summary>
    /// <exception cref="KeyNotFoundException">The project has no such model.</exception>
    public PlannedModel Of(string model) =>
        Models.FirstOrDefault(planned => planned.Model.Name == model)
        ?? throw new KeyNotFoundException($"The plan has no model '{model}'.");
}
