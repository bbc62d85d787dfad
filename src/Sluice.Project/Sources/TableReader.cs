using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Sources;

/// <summary>Reads the tables of a source: how each is loaded, and what becomes of its columns.</summary>
internal static class TableReader
{
    private static readonly string[] OfLogs = ["cursor", "lookback", "null_cursor", "soft_delete"];

    // The current rows of a log may lie in its oldest days.
    private static readonly string[] OfSnapshots = ["retain", "force_retain"];

    private static readonly string[] Keys =
    [
        "mode",
        "key",
        "cursor",
        "lookback",
        "null_cursor",
        "on_schema_change",
        "soft_delete",
        "expect_rows",
        "select",
        "exclude",
        "columns",
        "retain",
        "force_retain",
    ];

    public static SourceTable Read(YamlMap tables, string name, References references)
    {
        if (tables.Map(name) is not { } table)
        {
            return new SourceTable { Name = name };
        }

        table.Allow(Keys);
        var cursor = table.Text("cursor");
        var mode = table.Choice("mode", cursor is null ? LoadMode.Snapshot : LoadMode.Incremental);
        if (mode == LoadMode.Incremental && cursor is null)
        {
            table.Report("mode", "an incremental load needs a cursor.", "Write cursor: updated_at, or a growing id.");
        }
        else if (mode == LoadMode.Snapshot)
        {
            foreach (var key in OfLogs.Where(table.Has))
            {
                table.Report(key, $"'{key}' belongs to mode: incremental, and this table is a snapshot.");
            }
        }

        if (mode == LoadMode.Incremental)
        {
            foreach (var key in OfSnapshots.Where(table.Has))
            {
                table.Report(
                    key,
                    $"'{key}' belongs to mode: snapshot, and this table is a log of changes.",
                    "The current rows of a log may lie in its oldest days, so they all stay; leave the key out."
                );
            }
        }

        var columns = ReadColumns(table, references);
        foreach (var excluded in table.Items("exclude").Select(item => item.Text ?? ""))
        {
            columns[excluded] = columns.GetValueOrDefault(excluded, new ColumnRule()) with { IsExcluded = true };
        }

        var selected = table.Items("select").Select(item => item.Text ?? "").ToList();
        return new SourceTable
        {
            Name = name,
            Mode = mode,
            Key = [.. table.Items("key").Select(item => item.Text ?? "")],
            Cursor = mode == LoadMode.Incremental ? cursor : null,
            Lookback = ReadLookback(table),
            NullCursor = table.Choice("null_cursor", NullCursor.Fail),
            OnSchemaChange = table.Choice("on_schema_change", SchemaPolicy.Evolve),
            SoftDelete = table.Text("soft_delete"),
            Selected = selected,
            Columns = columns,
            ExpectsRows = table.Flag("expect_rows", true),
            Retain = table.Duration("retain"),
            RetainIsForced = table.Flag("force_retain", false),
        };
    }

    // A number counts ids; a duration reaches back in time.
    private static long ReadLookback(YamlMap table)
    {
        var text = table.Text("lookback");
        if (text is null)
        {
            return 0;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ids))
        {
            return ids;
        }

        return table.Duration("lookback") is { } span ? (long)span.TotalMicroseconds : 0;
    }

    private static Dictionary<string, ColumnRule> ReadColumns(YamlMap table, References references)
    {
        var rules = new Dictionary<string, ColumnRule>(StringComparer.Ordinal);
        if (table.Map("columns") is not { } columns)
        {
            return rules;
        }

        foreach (var (name, _) in columns.Keys)
        {
            if (columns.Map(name) is { } column)
            {
                rules[name] = ReadColumn(column, references);
            }
        }

        return rules;
    }

    private static ColumnRule ReadColumn(YamlMap column, References references)
    {
        column.Allow("type", "rename", "exclude", "hash", "salt", "mask");
        var isHashed = column.Has("hash");
        if (isHashed && column.Text("hash") != "sha256")
        {
            column.Report("hash", $"the hash '{column.Text("hash")}' is not known.", "Hashes are: sha256.");
        }

        if (column.Has("salt") && !isHashed)
        {
            column.Report("salt", "a salt belongs to hash: sha256.");
        }

        if (isHashed && column.Has("mask"))
        {
            column.Report("mask", "a column is hashed or masked, not both.");
        }

        var replaced = isHashed || column.Has("mask");
        if (replaced && column.Has("type"))
        {
            column.Report("type", "a column that is hashed or masked is text in the lake.");
        }

        return new ColumnRule
        {
            Type = replaced ? ColumnKind.String : ReadType(column),
            Rename = column.Text("rename"),
            IsExcluded = column.Flag("exclude", false),
            IsHashed = isHashed,
            Salt = references.Resolve(column.Text("salt")),
            Mask = column.Has("mask") ? column.Text("mask") ?? "" : null,
        };
    }

    private static ColumnType? ReadType(YamlMap column)
    {
        if (column.Text("type") is not { } text)
        {
            return null;
        }

        if (ColumnType.TryParse(text, out var type))
        {
            return type;
        }

        column.Report(
            "type",
            $"the type '{text}' is not known.",
            Nearest.Suggest(text, Enum.GetNames<ColumnKind>().Select(kind => kind.ToLowerInvariant()))
        );
        return null;
    }
}
