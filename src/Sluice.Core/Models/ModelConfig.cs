namespace Sluice.Core.Models;

/// <summary>A model's configuration, from <c>config(…)</c> and <c>dbt_project.yml</c>.</summary>
public sealed record ModelConfig
{
    /// <summary>What becomes of its statement.</summary>
    /// <value><see cref="Materialization.Table"/>; dbt's own default is a view, which has the same rows.</value>
    public Materialization Materialized { get; init; } = Materialization.Table;

    /// <summary>The columns that name a row of an incremental model.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> UniqueKey { get; init; } = [];

    /// <summary>How new rows get into an incremental model's table; null where it was not said.</summary>
    public IncrementalStrategy? IncrementalStrategy { get; init; }

    /// <summary>The columns whose values make a partition of an incremental model.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> PartitionBy { get; init; } = [];

    /// <summary>What happens when the columns change.</summary>
    /// <value><see cref="SchemaChangePolicy.Ignore"/>.</value>
    public SchemaChangePolicy OnSchemaChange { get; init; }

    /// <summary>Names by which models are selected, without repetition.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether the model is part of the project.</summary>
    /// <value>True.</value>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether a division by zero fails, and a number among its rows that is infinite or none.</summary>
    /// <value>True; false with <c>meta: {arithmetic: engine}</c>.</value>
    public bool ChecksArithmetic { get; init; } = true;

    /// <summary>The name that dbt would give the table; null where it is the model's.</summary>
    public string? Alias { get; init; }

    /// <summary>What the user keeps there: null, text, bool, long, double, lists and maps of these.</summary>
    /// <value>Nothing.</value>
    public IReadOnlyDictionary<string, object?> Meta { get; init; } =
        new Dictionary<string, object?>(StringComparer.Ordinal);
}
