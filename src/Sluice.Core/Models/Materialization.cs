namespace Sluice.Core.Models;

/// <summary>What becomes of a model's SELECT.</summary>
public enum Materialization
{
    /// <summary>A table, built anew by each run that needs it.</summary>
    Table,

    /// <summary>Its statement, which every reader runs.</summary>
    View,

    /// <summary>A part of the statements of the models that read it.</summary>
    Ephemeral,

    /// <summary>A table that each run adds to.</summary>
    Incremental,
}
