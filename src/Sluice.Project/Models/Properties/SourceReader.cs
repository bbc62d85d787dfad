using System.Globalization;
using Sluice.Core.Models.Freshness;
using Sluice.Core.Tables;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>Reads what is said of raw tables: descriptions, tests, freshness, and <c>meta: {copies: all}</c>.</summary>
internal sealed class SourceReader(DocBlocks docs, PropertySet into, Problems problems)
{
    private static readonly string[] OfSource =
    [
        "name",
        "description",
        "database",
        "schema",
        "loader",
        "loaded_at_field",
        "freshness",
        "meta",
        "tags",
        "config",
        "quoting",
        "overrides",
        "tables",
    ];

    private static readonly string[] OfTable =
    [
        "name",
        "description",
        "identifier",
        "columns",
        "data_tests",
        "tests",
        "loaded_at_field",
        "freshness",
        "meta",
        "tags",
        "config",
        "quoting",
        "external",
        "loader",
    ];

    public void Read(YamlMap source)
    {
        source.Allow(OfSource);
        if (source.RequiredText("name") is not { } name)
        {
            return;
        }

        foreach (var table in PropertyFile.Maps(source, "tables"))
        {
            table.Allow(OfTable);
            if (table.RequiredText("name") is not { } own)
            {
                continue;
            }

            var id = TableId.Raw(name, own);
            into.Sources.Add(
                new(id, NodeReader.Read(table, docs, problems))
                {
                    SourceDescription = NodeReader.Description(source, docs, problems),
                    Freshness = Freshness(table) ?? Freshness(source, table),
                }
            );
            into.Tests.AddRange(DataTestReader.Of(table, id, docs, problems));
            if (WantsAllCopies(table) || (table.Map("config") is { } config && WantsAllCopies(config)))
            {
                into.AllCopies.Add(id);
            }
        }
    }

    private static bool WantsAllCopies(YamlMap map)
    {
        if (map.Map("meta") is not { } meta || meta.Text("copies") is not { } copies)
        {
            return false;
        }

        if (copies != "all")
        {
            meta.Report("copies", $"'{copies}' is not known for 'copies'.", "Write copies: all, or leave it out.");
        }

        return copies == "all";
    }

    // What a table does not say, its source may.
    private static SourceFreshness? Freshness(YamlMap map, YamlMap? table = null)
    {
        var config = map.Map("config");
        var freshness = map.Map("freshness") ?? config?.Map("freshness");
        var field = table?.Text("loaded_at_field") ?? map.Text("loaded_at_field") ?? config?.Text("loaded_at_field");
        if (freshness is null || (table?.Has("freshness") ?? false))
        {
            return null;
        }

        freshness.Allow("warn_after", "error_after", "filter");
        if (field is null)
        {
            map.Report(
                "freshness",
                "freshness needs the column that says when a row was loaded.",
                "Write loaded_at_field beside it; _extracted_at is there in tables that are loaded incrementally."
            );
            return null;
        }

        return new(
            field,
            Age(freshness.Map("warn_after")),
            Age(freshness.Map("error_after")),
            freshness.Text("filter")
        );
    }

    private static TimeSpan? Age(YamlMap? age)
    {
        if (age is null)
        {
            return null;
        }

        age.Allow("count", "period");
        var count = age.Number("count", 0, 0, 1_000_000);
        switch (age.Text("period"))
        {
            case "minute":
                return TimeSpan.FromMinutes(count);
            case "hour":
                return TimeSpan.FromHours(count);
            case "day":
                return TimeSpan.FromDays(count);
            case var other:
                age.Report(
                    "period",
                    string.Create(CultureInfo.InvariantCulture, $"'{other}' is no period."),
                    "Write minute, hour or day."
                );
                return null;
        }
    }
}
