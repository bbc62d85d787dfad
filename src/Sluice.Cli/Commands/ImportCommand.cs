using System.CommandLine;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Lake.Csv;

namespace Sluice.Cli.Commands;

/// <summary><c>sluice import</c>: a CSV file as a raw table.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var command = new ExampleCommand(
            "import",
            "Loads a CSV file into the raw zone as the copy of a day. A bad row is named, and then nothing is loaded.",
            "sluice import users.csv --table users",
            "sluice import users.csv --table users --date 2015-05-01 --key user_id --type zip=string"
        );
        var file = new Argument<string>("FILE")
        {
            Description =
                "A CSV file in UTF-8 whose first line names the columns; an empty field is null, a time without an offset is UTC.",
        };
        var table = new Option<string>("--table")
        {
            Description = "The table's name in the lake.",
            HelpName = "NAME",
            Required = true,
        };
        var source = new Option<string?>("--source")
        {
            Description = "The source of kind import. By default the project's only one, else 'import'.",
            HelpName = "NAME",
        };
        var key = new Option<string[]>("--key")
        {
            Description =
                "The columns that identify a row; they must not be empty. By default user_id, where there is one.",
            HelpName = "COLUMN",
            AllowMultipleArgumentsPerToken = true,
        };
        var types = new Option<string[]>("--type")
        {
            Description = "A column's type, over the inferred one: string, long, double, boolean, date or timestamp.",
            HelpName = "COLUMN=TYPE",
            AllowMultipleArgumentsPerToken = true,
        };
        var replace = new Option<bool>("--replace") { Description = "Replace the copy that the day has." };
        var (date, quiet) = (Shared.Date(), Shared.Quiet());
        command.Add(file);
        command.Add(table);
        command.Add(date);
        command.Add(key);
        command.Add(types);
        command.Add(source);
        command.Add(replace);
        command.Add(quiet);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var sluice = Composition.Open(parsed.GetValue(Shared.Project));
                var interval = Shared.IntervalOf(parsed.GetValue(date), sluice.Project.TimeZone, sluice.Clock);
                var target = TableId.Raw(SourceOf(sluice.Project, parsed.GetValue(source)), parsed.GetValue(table)!);
                var path = parsed.GetValue(file)!;
                var csv = new CsvSource(path);
                var definition = await DefineAsync(
                    csv,
                    target.Name,
                    parsed.GetValue(key) ?? [],
                    ImportTypes.Parse(parsed.GetValue(types) ?? []),
                    cancellationToken
                );
                var outcome = await ImportReport.ShowAsync(
                    parsed.GetValue(quiet),
                    path,
                    rows =>
                        new RawLoad(sluice.Ports.Store, sluice.Clock).RunAsync(
                            csv,
                            definition,
                            target,
                            interval,
                            parsed.GetValue(replace),
                            rows,
                            cancellationToken
                        )
                );
                ImportReport.Write(outcome, target, interval);
                return ExitCode.Done;
            }
        );
        return command;
    }

    private static string SourceOf(ProjectDefinition project, string? wanted)
    {
        var imports = project
            .Sources.Where(source => source.Kind == SourceKind.Import)
            .Select(source => source.Name)
            .ToList();
        return wanted is null
            ? imports is [var only]
                ? only
                : throw new DefinitionException(
                    "The project has several sources of kind import.",
                    $"Add --source with one of: {string.Join(", ", imports)}."
                )
            : imports.Contains(wanted, StringComparer.Ordinal)
                ? wanted
                : throw new DefinitionException(
                    $"There is no source '{wanted}' of kind import in sluice.yaml.",
                    Nearest.Suggest(wanted, imports)
                );
    }

    private static async Task<SourceTable> DefineAsync(
        CsvSource csv,
        string name,
        IReadOnlyList<string> key,
        IReadOnlyDictionary<string, ColumnType> types,
        CancellationToken cancellationToken
    )
    {
        const string UsualKey = "user_id";
        var table = new SourceTable
        {
            Name = name,
            Key = key,
            Columns = types.ToDictionary(
                type => type.Key,
                type => new ColumnRule { Type = type.Value },
                StringComparer.Ordinal
            ),
        };
        var schema = await csv.DescribeAsync(table, cancellationToken);
        return key.Count == 0 && schema.Columns.Any(column => column.Name == UsualKey)
            ? table with
            {
                Key = [UsualKey],
            }
            : table;
    }
}
