using Sluice.Core;
using Sluice.Core.Models.Testing;
using Sluice.Project.Yaml;
using Sylvan.Data.Csv;

namespace Sluice.Project.Models.Properties;

/// <summary>Reads the rows of a unit test: maps, CSV, a SELECT, or a file of the last two.</summary>
/// <param name="fixtures">The files, by name without ending.</param>
internal sealed class UnitRowsReader(IReadOnlyDictionary<string, string> fixtures)
{
    public UnitRows Read(YamlMap at)
    {
        var format = at.Text("format") ?? "dict";
        if (format is not ("dict" or "csv" or "sql"))
        {
            at.Report("format", $"'{format}' is no format of rows.", "Write dict, csv or sql.");
            return new();
        }

        var text =
            at.Has("fixture") ? Fixture(at)
            : format == "dict" ? null
            : at.Text("rows");
        if (text is null && format != "dict")
        {
            // A missing fixture is told above; no rows are no rows.
            return new();
        }

        return format switch
        {
            "sql" => new() { Sql = text },
            "csv" => Csv(at, text!),
            _ => Maps(at),
        };
    }

    private string? Fixture(YamlMap at)
    {
        var name = at.Text("fixture") ?? "";
        if (fixtures.TryGetValue(name, out var path))
        {
            return File.ReadAllText(path);
        }

        at.Report("fixture", $"there is no fixture '{name}'.", Nearest.Suggest(name, fixtures.Keys));
        return null;
    }

    private static UnitRows Maps(YamlMap at)
    {
        var rows = new List<IReadOnlyDictionary<string, object?>>();
        foreach (var row in at.Value("rows") as IEnumerable<object?> ?? [])
        {
            if (row is not IReadOnlyDictionary<string, object?> cells)
            {
                at.Report("rows", "a row is a map of columns.", "Write rows: [{user_id: 1, page: home}].");
                continue;
            }

            rows.Add(cells);
        }

        return new() { Columns = Columns(rows), Rows = rows };
    }

    private static UnitRows Csv(YamlMap at, string text)
    {
        try
        {
            using var csv = CsvDataReader.Create(
                new StringReader(text.Trim('\r', '\n')),
                new CsvDataReaderOptions { HasHeaders = true, Delimiter = ',' }
            );
            var names = Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetName(i).Trim()).ToList();
            var rows = new List<IReadOnlyDictionary<string, object?>>();
            while (csv.Read())
            {
                // As dbt reads them: nothing between two commas is null.
                rows.Add(
                    names
                        .Select((name, i) => (name, Value: csv.GetString(i)))
                        .ToDictionary(
                            cell => cell.name,
                            object? (cell) => cell.Value.Length == 0 ? null : cell.Value,
                            StringComparer.Ordinal
                        )
                );
            }

            return new() { Columns = names, Rows = rows };
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException or ArgumentException)
        {
            at.Report("rows", $"the rows are no CSV: {broken.Message}");
            return new();
        }
    }

    private static List<string> Columns(List<IReadOnlyDictionary<string, object?>> rows) =>
        [.. rows.SelectMany(row => row.Keys).Distinct(StringComparer.OrdinalIgnoreCase)];
}
