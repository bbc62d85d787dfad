namespace Sluice.Core.Models.Resuming;

/// <summary>What a modeling run has done so far.</summary>
/// <param name="Models">What became of its models, by their names; those that its plan keeps are not among them.</param>
/// <param name="Indexes">The index of each event table that one was asked for; null where it can have none.</param>
/// <param name="IsPublished">Whether its build is published.</param>
public sealed record ModelingNotes(
    IReadOnlyDictionary<string, ModelNote> Models,
    IReadOnlyDictionary<string, string?> Indexes,
    bool IsPublished
);
