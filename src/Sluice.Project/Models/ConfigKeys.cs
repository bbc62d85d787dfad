namespace Sluice.Project.Models;

/// <summary>The keys of a model's configuration that dbt knows, and what becomes of them here.</summary>
internal static class ConfigKeys
{
    /// <summary>Keys that are read.</summary>
    public static IReadOnlyList<string> Read { get; } =
    [
        "alias",
        "enabled",
        "incremental_strategy",
        "materialized",
        "meta",
        "on_schema_change",
        "partition_by",
        "tags",
        "unique_key",
    ];

    /// <summary>Keys about where a database keeps a table and what it tells about it: they change no row, and are passed over.</summary>
    public static IReadOnlyList<string> PassedOver { get; } =
    [
        "access",
        "bind",
        "buckets",
        "cluster_by",
        "clustered_by",
        "column_types",
        "copy_grants",
        "database",
        "delimiter",
        "description",
        "dist",
        "docs",
        "event_time",
        "file_format",
        "format",
        "group",
        "indexes",
        "location_root",
        "on_configuration_change",
        "options",
        "persist_docs",
        "quote_columns",
        "quoting",
        "schema",
        "sort",
        "sort_type",
        "tblproperties",
        "transient",
        "unlogged",
    ];

    /// <summary>Keys that would change rows, or what happens, with the reason why they are not taken.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["batch_size"] = "Strategy microbatch is not here: a run covers one interval. Use var('ds').",
            ["begin"] = "Strategy microbatch is not here: a run covers one interval. Use var('ds').",
            ["concurrent_batches"] = "Strategy microbatch is not here: a run covers one interval. Use var('ds').",
            ["full_refresh"] = "Say it on the command line: --full-refresh.",
            ["grants"] = "The files of the lake have the rights of their folder.",
            ["incremental_predicates"] =
                "Every row with a key of the new rows is replaced. Put conditions into the statement.",
            ["location"] = "Tables lie in the lake. Export with 'sluice query'.",
            ["lookback"] = "Strategy microbatch is not here. Read more days in the statement.",
            ["merge_exclude_columns"] = "A row is replaced whole. Select the columns in the statement.",
            ["merge_update_columns"] = "A row is replaced whole. Select the columns in the statement.",
            ["post_hook"] = "What a hook does is part of no build and cannot be taken back. Write it as a model.",
            ["pre_hook"] = "What a hook does is part of no build and cannot be taken back. Write it as a model.",
            ["sql_header"] = "A model is one SELECT. Write the settings into the engine's configuration.",
        };

    public static IEnumerable<string> All => Read.Concat(PassedOver).Concat(Refused.Keys).Append("contract");
}
