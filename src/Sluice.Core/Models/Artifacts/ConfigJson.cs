using System.Text.Json.Nodes;
using Sluice.Core.Models.Testing;

namespace Sluice.Core.Models.Artifacts;

/// <summary>The <c>config</c> of nodes, with dbt's words and with dbt's defaults for what Sluice does not have.</summary>
internal static class ConfigJson
{
    public static JsonObject OfModel(ModelDefinition model)
    {
        var config = OfTable(model, Word(model.Config.Materialized));
        config["access"] = "protected";
        if (model.Config.PartitionBy.Count > 0)
        {
            config["partition_by"] = ArtifactJson.Texts(model.Config.PartitionBy);
        }

        return config;
    }

    public static JsonObject OfSeed(ModelDefinition model)
    {
        var config = OfTable(model, "seed");
        foreach (var (column, type) in model.Seed!.ColumnTypes)
        {
            config["column_types"]![column] = type;
        }

        config["delimiter"] = ",";
        config["quote_columns"] = null;
        return config;
    }

    public static JsonObject OfTest(DataTest test) =>
        new()
        {
            ["enabled"] = true,
            ["alias"] = null,
            ["schema"] = null,
            ["database"] = null,
            ["tags"] = ArtifactJson.Texts(test.Tags),
            ["meta"] = new JsonObject(),
            ["group"] = null,
            ["materialized"] = "test",
            ["severity"] = test.Severity == TestSeverity.Error ? "ERROR" : "WARN",
            ["store_failures"] = null,
            ["store_failures_as"] = null,
            ["where"] = null,
            ["limit"] = test.Limit,
            ["fail_calc"] = test.FailureCount,
            ["warn_if"] = test.WarnIf.ToString(),
            ["error_if"] = test.ErrorIf.ToString(),
        };

    /// <summary>dbt's word for what becomes of a statement.</summary>
    public static string Word(Materialization materialization) =>
        materialization switch
        {
            Materialization.Table => "table",
            Materialization.View => "view",
            Materialization.Ephemeral => "ephemeral",
            Materialization.Incremental => "incremental",
        };

    /// <summary>dbt's word for a strategy.</summary>
    public static string? Word(IncrementalStrategy? strategy) =>
        strategy switch
        {
            IncrementalStrategy.Append => "append",
            IncrementalStrategy.DeleteInsert => "delete+insert",
            IncrementalStrategy.Merge => "merge",
            IncrementalStrategy.InsertOverwrite => "insert_overwrite",
            null => null,
        };

    /// <summary>dbt's word for a policy.</summary>
    public static string Word(SchemaChangePolicy policy) =>
        policy switch
        {
            SchemaChangePolicy.Ignore => "ignore",
            SchemaChangePolicy.AppendNewColumns => "append_new_columns",
            SchemaChangePolicy.SyncAllColumns => "sync_all_columns",
            SchemaChangePolicy.Fail => "fail",
        };

    private static JsonObject OfTable(ModelDefinition model, string materialized)
    {
        var config = model.Config;
        return new()
        {
            ["enabled"] = config.Enabled,
            ["alias"] = config.Alias,
            ["schema"] = null,
            ["database"] = null,
            ["tags"] = ArtifactJson.Texts(config.Tags),
            ["meta"] = ArtifactJson.Of(config.Meta),
            ["group"] = null,
            ["materialized"] = materialized,
            ["incremental_strategy"] = Word(config.IncrementalStrategy),
            ["batch_size"] = null,
            ["lookback"] = 1,
            ["begin"] = null,
            ["persist_docs"] = new JsonObject(),
            ["post-hook"] = new JsonArray(),
            ["pre-hook"] = new JsonArray(),
            ["quoting"] = new JsonObject(),
            ["column_types"] = new JsonObject(),
            ["full_refresh"] = null,
            ["unique_key"] = config.UniqueKey switch
            {
                [] => null,
                [var only] => only,
                var several => ArtifactJson.Texts(several),
            },
            ["on_schema_change"] = Word(config.OnSchemaChange),
            ["on_configuration_change"] = "apply",
            ["grants"] = new JsonObject(),
            ["packages"] = new JsonArray(),
            ["docs"] = new JsonObject { ["show"] = true, ["node_color"] = null },
            ["contract"] = new JsonObject { ["enforced"] = false, ["alias_types"] = true },
            ["event_time"] = null,
        };
    }
}
