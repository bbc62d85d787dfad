namespace Sluice.Core.Models;

/// <summary>What happens when an incremental model's statement has other columns than its table: <c>on_schema_change</c>.</summary>
public enum SchemaChangePolicy
{
    /// <summary>The table keeps its columns: <c>ignore</c>.</summary>
    Ignore,

    /// <summary>New columns are added: <c>append_new_columns</c>.</summary>
    AppendNewColumns,

    /// <summary>New columns are added and missing ones removed: <c>sync_all_columns</c>.</summary>
    SyncAllColumns,

    /// <summary>The model fails: <c>fail</c>.</summary>
    Fail,
}
