using System.Text.RegularExpressions;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Sources;

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

    public static IReadOnlyList<SourceDefinition> Read(YamlMap yaml, string root, TimeZoneInfo zone)
    {
        var sources = new List<SourceDefinition>();
        var section = yaml.Map("sources");
        foreach (var (name, _) in section?.Keys ?? [])
        {
            if (sources.Exists(other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                section!.Report(name, $"a source '{name}' is there twice; names do not differ by case in SQL.");
            }
            else if (ReadSource(section!, name, root, zone) is { } source)
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

    private static SourceDefinition? ReadSource(YamlMap section, string name, string root, TimeZoneInfo zone)
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

        source.Allow([
            "kind",
            "path",
            "timezone",
            "safety_lag",
            "throttle",
            "guards",
            "tables",
            .. ConnectionReader.Keys,
        ]);
        var url = ReadUrl(source);
        return (source.Text("kind") ?? url?.Scheme) switch
        {
            null => Unknown(source, null),
            "import" => new SourceDefinition
            {
                Name = name,
                Kind = SourceKind.Import,
                TimeZone = TimeZoneInfo.Utc,
            },
            "sqlite" => ReadDatabase(source, name, SourceKind.Sqlite, url, root, zone),
            "mysql" or "mariadb" => ReadDatabase(source, name, SourceKind.MySql, url, root, zone),
            "postgresql" or "postgres" => ReadDatabase(source, name, SourceKind.PostgreSql, url, root, zone),
            var other => Unknown(source, other),
        };
    }

    private static SourceUrl? ReadUrl(YamlMap source)
    {
        if (source.Text("url") is not { } text)
        {
            return null;
        }

        if (SourceUrl.Parse(text) is { } url)
        {
            return url;
        }

        source.Report("url", "this is no URL.", "Write it as postgresql://user:${env:PASSWORD}@host:5432/database.");
        return null;
    }

    private static SourceDefinition ReadDatabase(
        YamlMap source,
        string name,
        SourceKind kind,
        SourceUrl? url,
        string root,
        TimeZoneInfo zone
    )
    {
        var references = new References(root);
        var isFile = kind == SourceKind.Sqlite;
        foreach (var key in isFile ? ConnectionReader.Keys.Where(key => key != "url") : ["path"])
        {
            if (source.Has(key))
            {
                source.Report(key, $"a source of kind {source.Text("kind") ?? url?.Scheme} has no '{key}'.");
            }
        }

        var file = isFile ? references.Resolve(url?.Path ?? source.RequiredText("path")) : null;
        return new SourceDefinition
        {
            Name = name,
            Kind = kind,
            Path = file is null ? null : Path.GetFullPath(file, root),
            Connection = isFile ? null : ConnectionReader.Read(source, url, references, root),
            Guards = ThrottleReader.Guards(source),
            Throttle = ThrottleReader.Throttle(source, !isFile, root, zone),
            SafetyLag = source.Duration("safety_lag") ?? new SourceDefinition { Name = name, Kind = kind }.SafetyLag,
            TimeZone = ZoneReader.Read(source, "timezone"),
            Tables = ReadTables(source, name, references),
            MissingSecrets = references.Missing,
        };
    }

    private static SourceDefinition? Unknown(YamlMap source, string? kind)
    {
        source.Report(
            kind is null ? null
                : source.Has("kind") ? "kind"
                : "url",
            kind is null ? "'kind' is missing." : $"the kind of source '{kind}' is not known.",
            "Kinds are: sqlite, mysql, postgresql, import."
        );
        return null;
    }

    private static List<SourceTable> ReadTables(YamlMap source, string name, References references)
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

        return [.. tables.Keys.Select(table => TableReader.Read(tables, table.Key, references))];
    }

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
