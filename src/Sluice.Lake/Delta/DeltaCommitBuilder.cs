using System.Text;
using System.Text.Json;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>Makes the actions of a commit out of what it wants and what the table is. Pure: the same state gives the same actions.</summary>
internal static class DeltaCommitBuilder
{
    /// <summary>The actions, in the protocol's order.</summary>
    /// <param name="table">The table, for messages.</param>
    /// <param name="state">What it is; null where it does not exist yet.</param>
    /// <param name="commit">What is wanted.</param>
    /// <param name="adds">The new files as they lie in the table.</param>
    /// <param name="widened">Files that stay with wider columns, each with the one that takes its place; null where it has no rows.</param>
    /// <param name="tableId">The identity that a new table gets.</param>
    /// <param name="nowMillis">The time of the commit.</param>
    public static List<DeltaAction> Actions(
        TableId table,
        DeltaState? state,
        TableCommit commit,
        IReadOnlyList<DeltaAdd> adds,
        IReadOnlyList<(DeltaAdd Old, DeltaAdd? New)> widened,
        string tableId,
        long nowMillis
    )
    {
        // What is kept is added as it is; what is live and kept is neither removed nor added.
        var live = (state?.Live ?? []).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var kept = adds.Select(file => file.Path).Where(live.Contains).ToHashSet(StringComparer.Ordinal);
        adds = [.. adds.Where(file => !kept.Contains(file.Path))];
        var removed = (state?.Live ?? []).Where(file => IsReplaced(file, commit) && !kept.Contains(file.Path)).ToList();
        var parameters = new Dictionary<string, string>
        {
            ["mode"] = commit.Replaces == ReplaceScope.Nothing ? "Append" : "Overwrite",
            ["partitionBy"] = commit.Partitioned ? "[\"ds\"]" : "[]",
            ["interval"] = commit.Interval.Id,
        };
        var rows = commit.Files.Sum(file => file.Rows);
        var actions = new List<DeltaAction> { DeltaActions.Info("WRITE", parameters, adds, removed, rows, nowMillis) };
        if (state is null)
        {
            actions.Add(
                new()
                {
                    Protocol = new() { MinReaderVersion = 1, MinWriterVersion = 2 },
                }
            );
        }

        if (NewMetaData(table, state, commit, tableId, nowMillis) is { } metaData)
        {
            actions.Add(new() { MetaData = metaData });
        }

        var token = commit.Token.Version ?? (state?.TransactionOf(commit.Token.Application) ?? 0) + 1;
        actions.Add(DeltaActions.Txn(commit.Token.Application, token, nowMillis));
        actions.AddRange(DeltaActions.Watermarks(commit.Watermarks, state, nowMillis));
        actions.AddRange(removed.Select(file => DeltaActions.Remove(file, nowMillis)));
        foreach (var (old, wide) in widened)
        {
            actions.Add(DeltaActions.Remove(old, nowMillis, dataChange: false));
            if (wide is not null)
            {
                actions.Add(new() { Add = wide with { DataChange = false } });
            }
        }

        actions.AddRange(adds.Select(file => new DeltaAction { Add = file }));
        return actions;
    }

    /// <summary>Whether a commit takes a live file out of the table.</summary>
    public static bool IsReplaced(DeltaAdd file, TableCommit commit) =>
        commit.Replaces switch
        {
            ReplaceScope.Table => true,
            ReplaceScope.Interval => IntervalOf(file) == commit.Interval.Id,
            ReplaceScope.Nothing => false,
        };

    public static byte[] ToBytes(IEnumerable<DeltaAction> actions)
    {
        var text = new StringBuilder();
        foreach (var action in actions)
        {
            text.Append(JsonSerializer.Serialize(action, DeltaJson.Default.DeltaAction)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string? IntervalOf(DeltaAdd file) => file.Tags?.GetValueOrDefault(DeltaState.IntervalTag);

    private static DeltaMetaData? NewMetaData(
        TableId table,
        DeltaState? state,
        TableCommit commit,
        string tableId,
        long nowMillis
    )
    {
        if (state is null)
        {
            return new()
            {
                Id = tableId,
                Format = new() { Provider = "parquet", Options = new Dictionary<string, string>() },
                SchemaString = DeltaSchema.Write(commit.Schema),
                PartitionColumns = commit.Partitioned ? [DeltaState.PartitionColumn] : [],
                Configuration = ChangeLogProperties.With(new Dictionary<string, string>(), commit.Log),
                CreatedTime = nowMillis,
            };
        }

        // A table that is replaced whole takes the new columns as they are; one that keeps rows keeps their columns.
        var current = DeltaSchema.Read(state.MetaData!.SchemaString, table);
        var wanted =
            commit.Replaces == ReplaceScope.Table
                ? commit.Schema
                : SchemaChange.Between(table, current, commit.Schema).Merged;
        var configuration = ChangeLogProperties.With(state.MetaData.Configuration, commit.Log);
        return
            wanted.SameAs(current) && Equals(commit.Log, ChangeLogProperties.Read(state.MetaData.Configuration, table))
            ? null
            : state.MetaData with
            {
                SchemaString = DeltaSchema.Write(wanted),
                Configuration = configuration,
            };
    }
}
