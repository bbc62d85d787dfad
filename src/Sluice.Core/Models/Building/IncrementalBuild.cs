using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>Adds the rows of a statement to a table that is there, by the model's strategy.</summary>
/// <remarks>
/// What stays is kept file by file: only files that hold a row which goes are written again. Files carry the interval that wrote
/// them, so that an interval which is built again replaces what it appended.
/// </remarks>
/// <param name="engine">Runs the statements.</param>
/// <param name="interval">The interval of the run, as <see cref="Time.DataInterval.Id"/>.</param>
internal sealed class IncrementalBuild(ISqlEngine engine, string interval)
{
    private const string PathColumn = "_sluice_path";
    private static readonly TableId New = TableId.Raw("sluice_incremental", "new");
    private static readonly TableId Old = TableId.Raw("sluice_incremental", "old");

    /// <summary>Stages the new table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="before">The version that is added to.</param>
    /// <param name="query">The statement, rendered for a table that is there, and what it reads.</param>
    /// <param name="folder">Where files are staged.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PipelineException">The statement failed, its columns do not fit, or a merge meets a key twice.</exception>
    public async Task<StagedModel> RunAsync(
        ModelDefinition model,
        TableSnapshot before,
        SqlQuery query,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var given = await engine.DescribeAsync(query, cancellationToken);
        var keys = KeysOf(model, query.Subject, given);
        var schema = IncrementalColumns.Of(query.Subject, model.Config.OnSchemaChange, before.Schema, given);
        var made = await engine.MaterializeAsync(query with { Columns = schema }, folder, "model", cancellationToken);
        var fresh = new SqlRelation(New, schema, [.. made.Files.Select(file => file.AsDataFile())]);
        var strategy = StrategyOf(model.Config);
        var sameKey = SameKey(keys, strategy);
        if (strategy == IncrementalStrategy.Merge)
        {
            await ThrowIfTwiceAsync(query.Subject, keys, fresh, cancellationToken);
        }

        var touched = strategy switch
        {
            IncrementalStrategy.Append => before.Files.Where(file => file.Interval == interval),
            _ when made.Files.Count == 0 => [],
            _ => await TouchedAsync(query.Subject, before, fresh, sameKey, cancellationToken),
        };
        var untouched = before.Files.Except(touched).ToList();
        var rewritten = new List<RewrittenFile>();
        // A column that becomes wider must be so in every file.
        if (schema.Columns.Any(column => before.Schema.Find(column.Name) is { } old && old.Type != column.Type))
        {
            await KeepAsync(untouched, sameKey: null);
            untouched = [];
        }

        if (strategy != IncrementalStrategy.Append)
        {
            await KeepAsync(touched, sameKey);
        }

        return new(
            schema,
            made.Files,
            new(before.Version, untouched.Select(file => file.Path).ToHashSet(StringComparer.Ordinal), rewritten),
            new(
                before.Table,
                schema,
                [
                    .. untouched,
                    .. rewritten.Select(file => file.File.AsDataFile()),
                    .. made.Files.Select(file => file.AsDataFile()),
                ]
            )
        );

        async Task KeepAsync(IEnumerable<DataFile> files, string? sameKey)
        {
            foreach (var group in files.GroupBy(file => file.Interval).Select(group => group.ToList()))
            {
                var kept = await engine.MaterializeAsync(
                    new(KeepStatement(sameKey), [new SqlRelation(Old, before.Schema, group), fresh])
                    {
                        Subject = query.Subject,
                        MemoryShare = query.MemoryShare,
                        Columns = schema,
                    },
                    folder,
                    $"kept-{rewritten.Count}",
                    cancellationToken
                );
                rewritten.AddRange(kept.Files.Select(file => new RewrittenFile(file, group)));
            }
        }
    }

    /// <summary>The strategy that a model's configuration means: without one, rows of the same key are replaced where there is a key.</summary>
    public static IncrementalStrategy StrategyOf(ModelConfig config) =>
        config.IncrementalStrategy
        ?? (config.UniqueKey.Count > 0 ? IncrementalStrategy.DeleteInsert : IncrementalStrategy.Append);

    private static IReadOnlyList<string> KeysOf(ModelDefinition model, string subject, TableSchema schema)
    {
        var (strategy, config) = (StrategyOf(model.Config), model.Config);
        var (named, keys) = strategy switch
        {
            IncrementalStrategy.Append => ("unique_key", (IReadOnlyList<string>)[]),
            IncrementalStrategy.InsertOverwrite => ("partition_by", config.PartitionBy),
            _ => ("unique_key", config.UniqueKey),
        };
        return keys.FirstOrDefault(key => schema.Find(key) is null) is { } missing
            ? throw new PipelineException($"{subject}: {named} names '{missing}', which the statement does not give.")
            {
                Hint = Nearest.Suggest(missing, schema.Columns.Select(column => column.Name)),
            }
            : keys;
    }

    private async Task ThrowIfTwiceAsync(
        string subject,
        IReadOnlyList<string> keys,
        SqlRelation fresh,
        CancellationToken cancellationToken
    )
    {
        var names = string.Join(", ", keys.Select(SqlIdentifier.Quote));
        var present = string.Join(" and ", keys.Select(key => $"{SqlIdentifier.Quote(key)} is not null"));
        await using var result = await engine.QueryAsync(
            new(
                $"select count(*) from (select 1 from {SqlIdentifier.Quote(New)} where {present} group by {names} having count(*) > 1)",
                [fresh]
            )
            {
                Subject = subject,
            },
            cancellationToken
        );
        await result.ReadAsync(cancellationToken);
        var twice = result.Rows.GetInt64(0);
        if (twice > 0)
        {
            throw new PipelineException(
                $"{subject}: {twice} values of unique_key ({string.Join(", ", keys)}) are there more than once, and a merge takes one row for each."
            )
            {
                Hint = "Make the statement give one row for each key, or use incremental_strategy='delete+insert'.",
            };
        }
    }

    private async Task<List<DataFile>> TouchedAsync(
        string subject,
        TableSnapshot before,
        SqlRelation fresh,
        string sameKey,
        CancellationToken cancellationToken
    )
    {
        await using var result = await engine.QueryAsync(
            new(
                $"select distinct {PathColumn} from {SqlIdentifier.Quote(Old)} o semi join {SqlIdentifier.Quote(New)} n on {sameKey}",
                [new SqlRelation(Old, before.Schema, before.Files) { PathColumn = PathColumn }, fresh]
            )
            {
                Subject = subject,
            },
            cancellationToken
        );
        var paths = new HashSet<string>(StringComparer.Ordinal);
        while (await result.ReadAsync(cancellationToken))
        {
            paths.Add(result.Rows.GetString(0));
        }

        return [.. before.Files.Where(file => paths.Contains(file.Path))];
    }

    private static string KeepStatement(string? sameKey) =>
        $"select o.* from {SqlIdentifier.Quote(Old)} o"
        + (sameKey is null ? "" : $" anti join {SqlIdentifier.Quote(New)} n on {sameKey}");

    // Rows without a key are no other row's; those without the value of a partition are a partition.
    private static string SameKey(IReadOnlyList<string> keys, IncrementalStrategy strategy)
    {
        var same = strategy == IncrementalStrategy.InsertOverwrite ? "is not distinct from" : "=";
        return string.Join(" and ", keys.Select(SqlIdentifier.Quote).Select(name => $"o.{name} {same} n.{name}"));
    }
}
