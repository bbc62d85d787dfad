using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models;

/// <summary>Makes a model's configuration of the values that were written; what is wrong is noted with its place.</summary>
internal sealed class ModelConfigReader
{
    private static readonly Dictionary<string, Materialization> Materializations = new(StringComparer.Ordinal)
    {
        ["table"] = Materialization.Table,
        ["view"] = Materialization.View,
        ["ephemeral"] = Materialization.Ephemeral,
        ["incremental"] = Materialization.Incremental,
    };

    private static readonly Dictionary<string, IncrementalStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["append"] = IncrementalStrategy.Append,
        ["delete+insert"] = IncrementalStrategy.DeleteInsert,
        ["merge"] = IncrementalStrategy.Merge,
        ["insert_overwrite"] = IncrementalStrategy.InsertOverwrite,
    };

    private static readonly Dictionary<string, SchemaChangePolicy> Policies = new(StringComparer.Ordinal)
    {
        ["ignore"] = SchemaChangePolicy.Ignore,
        ["append_new_columns"] = SchemaChangePolicy.AppendNewColumns,
        ["sync_all_columns"] = SchemaChangePolicy.SyncAllColumns,
        ["fail"] = SchemaChangePolicy.Fail,
    };

    private readonly IReadOnlyDictionary<string, ConfigValue> _values;
    private readonly Problems _problems;

    private ModelConfigReader(IReadOnlyDictionary<string, ConfigValue> values, Problems problems) =>
        (_values, _problems) = (values, problems);

    public static ModelConfig Read(IReadOnlyDictionary<string, ConfigValue> values, Problems problems) =>
        new ModelConfigReader(values, problems).Read();

    private ModelConfig Read()
    {
        CheckKeys();
        var defaults = new ModelConfig();
        var meta = Meta() ?? defaults.Meta;
        var read = defaults with
        {
            Materialized = Choice("materialized", Materializations) ?? defaults.Materialized,
            UniqueKey = Names("unique_key"),
            IncrementalStrategy = Choice("incremental_strategy", Strategies),
            PartitionBy = Names("partition_by"),
            OnSchemaChange = Choice("on_schema_change", Policies) ?? defaults.OnSchemaChange,
            Tags = Names("tags"),
            Enabled = Flag("enabled", defaults.Enabled),
            Alias = Text("alias"),
            ChecksArithmetic = ChecksArithmetic(meta),
            Meta = meta,
        };
        if (
            read
                is {
                    Materialized: Materialization.Incremental,
                    IncrementalStrategy: IncrementalStrategy.InsertOverwrite
                }
            && read.PartitionBy.Count == 0
        )
        {
            Report(
                _values["incremental_strategy"],
                "'insert_overwrite' replaces partitions, and 'partition_by' names none.",
                "Add partition_by='day', or use materialized='table' to replace all rows."
            );
        }

        return read;
    }

    private void CheckKeys()
    {
        foreach (var (key, value) in _values)
        {
            if (ConfigKeys.Refused.TryGetValue(key, out var reason) && !IsNothing(value.Value))
            {
                Report(value, $"the configuration '{key}' is not taken.", reason);
            }
            else if (
                key == "contract"
                && value.Value is IReadOnlyDictionary<string, object?> contract
                && contract.GetValueOrDefault("enforced") is true
            )
            {
                Report(value, "a contract is not enforced by this version.", "Remove it, so that nobody relies on it.");
            }
            else if (
                !ConfigKeys.All.Contains(key, StringComparer.Ordinal) && Nearest.Find(key, ConfigKeys.All) is { } meant
            )
            {
                // Any other key is the user's own: dbt keeps it for config.get, and so does the template.
                Report(
                    value,
                    $"the configuration has no '{key}'.",
                    $"Did you mean '{meant}'? Keys of your own belong below meta."
                );
            }
        }
    }

    private T? Choice<T>(string key, Dictionary<string, T> known)
        where T : struct
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (known.TryGetValue(text, out var value))
        {
            return value;
        }

        Report(_values[key], $"'{text}' is not known for '{key}'.", Nearest.Suggest(text, known.Keys));
        return null;
    }

    private string? Text(string key)
    {
        switch (_values.GetValueOrDefault(key))
        {
            case null or { Value: null }:
                return null;
            case { Value: string text }:
                return text;
            case var other:
                Report(other, $"'{key}' takes a text.");
                return null;
        }
    }

    private bool Flag(string key, bool fallback)
    {
        switch (_values.GetValueOrDefault(key))
        {
            case null or { Value: null }:
                return fallback;
            case { Value: bool flag }:
                return flag;
            case var other:
                Report(other, $"'{key}' is true or false.");
                return fallback;
        }
    }

    private IReadOnlyList<string> Names(string key)
    {
        switch (_values.GetValueOrDefault(key))
        {
            case null or { Value: null }:
                return [];
            case { Value: string text }:
                return [text];
            case { Value: IEnumerable<object?> list } when list.All(item => item is string):
                return [.. list.Cast<string>().Distinct(StringComparer.Ordinal)];
            case var other:
                Report(other, $"'{key}' takes a text or a list of texts.");
                return [];
        }
    }

    private IReadOnlyDictionary<string, object?>? Meta()
    {
        switch (_values.GetValueOrDefault("meta"))
        {
            case null or { Value: null }:
                return null;
            case { Value: IReadOnlyDictionary<string, object?> meta }:
                return meta;
            case var other:
                Report(other, "'meta' takes keys of its own.");
                return null;
        }
    }

    // Below meta, where dbt lets everybody put keys of their own.
    private bool ChecksArithmetic(IReadOnlyDictionary<string, object?> meta)
    {
        var asked = meta.GetValueOrDefault("arithmetic");
        if (asked is not (null or "checked" or "engine"))
        {
            Report(_values["meta"], "'arithmetic' below meta is 'checked' or 'engine'.");
        }

        return asked is not "engine";
    }

    private static bool IsNothing(object? value) =>
        value is null || (value is IEnumerable<object?> list && !list.Any());

    private void Report(ConfigValue at, string message, string? hint = null) =>
        _problems.Add(at.File, at.Line, message, hint);
}
