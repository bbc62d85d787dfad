namespace Sluice.Core.Extraction;

/// <summary>What happens when a table's columns are not those of the lake any more: dbt's <c>on_schema_change</c>.</summary>
public enum SchemaPolicy
{
    /// <summary>New columns are added, missing ones are null from then on, types widen; anything else fails.</summary>
    Evolve,

    /// <summary>Any difference fails.</summary>
    Fail,
}
