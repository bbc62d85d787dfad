using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>Writes the rows of a statement as a whole table.</summary>
/// <param name="engine">Runs it.</param>
internal sealed class TableBuild(ISqlEngine engine)
{
    private const string SeedSchema = "sluice_seeds";

    public async Task<StagedModel> RunAsync(
        ModelDefinition model,
        SqlQuery query,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (model.Seed is { } seed)
        {
            query = await OfSeedAsync(model, seed, query, cancellationToken);
        }

        var result = await engine.MaterializeAsync(query, folder, "model", cancellationToken);
        return new(
            result.Schema,
            result.Files,
            Keeps: null,
            new(TableId.Mart(model.Name), result.Schema, [.. result.Files.Select(file => file.AsDataFile())])
        );
    }

    private async Task<SqlQuery> OfSeedAsync(
        ModelDefinition model,
        SeedFile seed,
        SqlQuery query,
        CancellationToken cancellationToken
    )
    {
        var file = await engine.InspectAsync(seed.Path, cancellationToken);
        if (
            file
                .Columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
                .FirstOrDefault(same => same.Skip(1).Any()) is
            { } twice
        )
        {
            throw new PipelineException($"{query.Subject}: the file has the column '{twice.Key}' twice.")
            {
                Hint = "Column names differ in more than capitals. Rename one in its first line.",
            };
        }

        if (
            seed.ColumnTypes.Keys.FirstOrDefault(name => !file.Columns.Any(column => Is(column.Name, name))) is { } none
        )
        {
            throw new PipelineException($"{query.Subject}: column_types names '{none}', which the file does not have.")
            {
                Hint = Nearest.Suggest(none, file.Columns.Select(column => column.Name)),
            };
        }

        var table = TableId.Raw(SeedSchema, model.Name);
        var schema = new TableSchema(file.Columns.Select(column => new Column(column.Name, column.Type)));
        var relation = SqlRelation.Of(table, schema, file);
        var guessed = await SeedColumns.GuessAsync(engine, relation, query.Subject, cancellationToken);
        var columns = file.Columns.Select(column =>
            (seed.ColumnTypes.GetValueOrDefault(column.Name) ?? guessed.GetValueOrDefault(column.Name)) is { } type
                ? $"cast({SqlIdentifier.Quote(column.Name)} as {type}) as {SqlIdentifier.Quote(column.Name)}"
                : SqlIdentifier.Quote(column.Name)
        );
        return query with
        {
            Text = $"select {string.Join(", ", columns)} from {SqlIdentifier.Quote(table)}",
            Relations = [relation],
        };
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
