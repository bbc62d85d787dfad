using Sluice.Core.Tables;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Project.Models.Properties;

/// <summary>Reads the tests at a model, seed or raw table and at its columns, in both of dbt's spellings.</summary>
internal static class DataTestReader
{
    private static readonly string[] OfTest =
    [
        "name",
        "description",
        "config",
        "arguments",
        "test_name",
        "column_name",
    ];

    /// <summary>All tests below the node.</summary>
    public static IEnumerable<WrittenTest> Of(YamlMap node, TableId table, DocBlocks docs, Problems problems)
    {
        foreach (var test in Entries(node, table, column: null, docs, problems))
        {
            yield return test;
        }

        foreach (var column in PropertyFile.Maps(node, "columns"))
        {
            foreach (var test in Entries(column, table, column.Text("name"), docs, problems))
            {
                yield return test;
            }
        }
    }

    private static IEnumerable<WrittenTest> Entries(
        YamlMap at,
        TableId table,
        string? column,
        DocBlocks docs,
        Problems problems
    )
    {
        foreach (var item in at.Items("data_tests").Concat(at.Items("tests")))
        {
            switch (item)
            {
                case { Text: { Length: > 0 } kind }:
                    yield return Written(kind, body: null, item.Line);
                    break;
                case { Map: { } map } when map.Has("test_name"):
                    yield return Written(map.Text("test_name") ?? "", map, item.Line);
                    break;
                case { Map: { } map }:
                    var keys = map.Keys.Select(key => key.Key).ToList();
                    // '- unique:' with its configuration indented as its brother.
                    var named = keys.FirstOrDefault(key => !TestConfig.Keys.Contains(key) && !OfTest.Contains(key));
                    if (named is null || keys.Count(key => !TestConfig.Keys.Contains(key) && !OfTest.Contains(key)) > 1)
                    {
                        at.ReportAt(
                            item,
                            "this is no test.",
                            "Write '- unique', or '- accepted_values: {values: [a, b]}'."
                        );
                        break;
                    }

                    yield return Written(named, keys.Count == 1 ? map.Map(named) : map, item.Line);
                    break;
                default:
                    at.ReportAt(
                        item,
                        "this is no test.",
                        "Write '- unique', or '- accepted_values: {values: [a, b]}'."
                    );
                    break;
            }
        }

        WrittenTest Written(string kind, YamlMap? body, int line)
        {
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var key in body?.Keys.Select(key => key.Key) ?? [])
            {
                if (key == "arguments")
                {
                    foreach (
                        var (name, value) in body!.Value(key) as IReadOnlyDictionary<string, object?>
                            ?? new Dictionary<string, object?>()
                    )
                    {
                        arguments[name] = value;
                    }
                }
                else if (key != kind && !OfTest.Contains(key) && !TestConfig.Keys.Contains(key))
                {
                    arguments[key] = body!.Value(key);
                }
                else if (key == kind && body!.Value(key) is IReadOnlyDictionary<string, object?> inner)
                {
                    foreach (var (name, value) in inner)
                    {
                        arguments[name] = value;
                    }
                }
            }

            return new(
                kind,
                table,
                body?.Text("column_name") ?? column,
                arguments,
                body,
                body?.Text("name"),
                body is null ? "" : NodeReader.Description(body, docs, problems),
                at.File,
                line
            );
        }
    }
}
