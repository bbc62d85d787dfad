using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project;

/// <summary>Reads the section <c>sources</c>.</summary>
internal static partial class SourceReader
{
    private static readonly string[] Reserved =
    [
        TableId.MartsSchema,
        "main",
        "temp",
        "system",
        "pg_catalog",
        "information_schema",
    ];

    public static IReadOnlyList<SourceDefinition> Read(YamlMap yaml, string root)
    {
        var sources = new List<SourceDefinition>();
        var section = yaml.Map("sources");
        foreach (var (name, _) in section?.Keys ?? [])
        {
            if (sources.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                section!.Report(name, $"a source '{name}' is there twice; names do not differ by case in SQL.");
            }
            else if (ReadSource(section!, name, root) is { } source)
            {
                sources.Add(source);
            }
        }

        var hasImport = sources.Exists(source =>
            source.Kind == SourceKind.Import || source.Name == SourceDefinition.ImportName
        );
        return hasImport
            ? sources
            : [.. sources, new SourceDefinition { Name = SourceDefinition.ImportName, Kind = SourceKind.Import }];
    }

    private static SourceDefinition? ReadSource(YamlMap section, string name, string root)
    {
        if (!Name().IsMatch(name) || Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            section.Report(
                name,
                $"a source cannot be called '{name}'.",
                "Its name is a schema in SQL: letters, digits and _, not beginning with a digit, and no name of an engine's own."
            );
            return null;
        }

        if (section.Map(name) is not { } source)
        {
            section.Report(name, $"the source '{name}' says nothing.", "Write at least kind and path.");
            return null;
        }

        source.Allow("kind", "path", "timezone", "tables");
        if (source.Text("path")?.Contains("${", StringComparison.Ordinal) == true)
        {
            source.Report("path", "references such as ${env:NAME} are not resolved by this version.");
        }

        return source.RequiredText("kind") switch
        {
            null => null,
            "import" => new SourceDefinition
            {
                Name = name,
                Kind = SourceKind.Import,
                TimeZone = TimeZoneInfo.Utc,
            },
            "sqlite" => new SourceDefinition
            {
                Name = name,
                Kind = SourceKind.Sqlite,
                Path = source.RequiredText("path") is { } path ? Path.GetFullPath(path, root) : null,
                TimeZone = ZoneReader.Read(source, "timezone"),
                Tables = ReadTables(source, name),
            },
            var other => Unknown(source, other),
        };
    }

    private static SourceDefinition? Unknown(YamlMap source, string kind)
    {
        source.Report(
            "kind",
            $"the kind of source '{kind}' is not known.",
            "Kinds are: sqlite, import. MySQL and PostgreSQL are still to come."
        );
        return null;
    }

    private static List<SourceTable> ReadTables(YamlMap source, string name)
    {
        if (source.Map("tables") is not { } tables)
        {
            source.Report(
                source.Has("tables") ? "tables" : null,
                $"the source '{name}' names no tables.",
                "List them under tables:, for example  users: {key: user_id}"
            );
            return [];
        }

        return [.. tables.Keys.Select(table => ReadTable(tables, table.Key))];
    }

    private static SourceTable ReadTable(YamlMap tables, string name)
    {
        if (tables.Map(name) is not { } table)
        {
            return new SourceTable { Name = name };
        }

        table.Allow("mode", "key", "columns");
        if (table.Text("mode") is { } mode && mode != "snapshot")
        {
            table.Report(
                "mode",
                $"the mode '{mode}' is not known.",
                "Modes are: snapshot. Incremental loads are still to come."
            );
        }

        return new SourceTable
        {
            Name = name,
            Key = [.. table.Items("key").Select(item => item.Text ?? "")],
            Types = ReadTypes(table),
        };
    }

    private static Dictionary<string, ColumnType> ReadTypes(YamlMap table)
    {
        var types = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        if (table.Map("columns") is not { } columns)
        {
            return types;
        }

        foreach (var (name, _) in columns.Keys)
        {
            if (columns.Map(name) is not { } column)
            {
                continue;
            }

            column.Allow("type");
            if (column.Text("type") is { } text)
            {
                if (ColumnType.TryParse(text, out var type))
                {
                    types[name] = type;
                }
                else
                {
                    column.Report(
                        "type",
                        $"the type '{text}' is not known.",
                        Nearest.Suggest(text, Enum.GetNames<ColumnKind>().Select(kind => kind.ToLowerInvariant()))
                    );
                }
            }
        }

        return types;
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
