using System.Text.Json;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>Makes the actions of commits that bring no new rows: files in place of others, and an older version put back. Pure.</summary>
internal static class DeltaRewriteBuilder
{
    /// <summary>The actions of a rewrite.</summary>
    /// <param name="table">The table, for messages.</param>
    /// <param name="state">What it is.</param>
    /// <param name="rewrite">What is wanted.</param>
    /// <param name="adds">The new files as they lie in the table.</param>
    /// <param name="nowMillis">The time of the commit.</param>
    /// <exception cref="TableConflictException">A file that should go is no longer live.</exception>
    public static List<DeltaAction> Rewrite(
        TableId table,
        DeltaState state,
        TableRewrite rewrite,
        IReadOnlyList<DeltaAdd> adds,
        long nowMillis
    )
    {
        var live = state.Live.ToDictionary(state.PathOf, StringComparer.Ordinal);
        var removed = new List<DeltaAdd>();
        foreach (var file in rewrite.Removes)
        {
            removed.Add(
                live.GetValueOrDefault(file.Path)
                    ?? throw new TableConflictException(
                        $"Another writer has replaced files of {table} while they were rewritten; nothing was changed."
                    )
                    {
                        Hint = "Run it again.",
                    }
            );
        }

        var operation = rewrite.Kind switch
        {
            RewriteKind.Compact => "OPTIMIZE",
            RewriteKind.Expire => "DELETE",
        };
        var isChange = rewrite.Kind == RewriteKind.Expire;
        return
        [
            DeltaActions.Info(operation, [], adds, removed, rewrite.Adds.Sum(file => file.File.Rows), nowMillis),
            .. DeltaActions.Watermarks(rewrite.Watermarks, state, nowMillis),
            .. removed.Select(file => DeltaActions.Remove(file, nowMillis, isChange)),
            .. adds.Select(file => new DeltaAction { Add = file with { DataChange = isChange } }),
        ];
    }

    /// <summary>The actions that make the table what it was.</summary>
    /// <param name="then">What it was.</param>
    /// <param name="now">What it is.</param>
    /// <param name="nowMillis">The time of the commit.</param>
    public static List<DeltaAction> Restore(DeltaState then, DeltaState now, long nowMillis)
    {
        var (before, live) = (then.Live.ToList(), now.Live.ToList());
        var removed = live.ExceptBy(before.Select(file => file.Path), file => file.Path).ToList();
        var adds = before.ExceptBy(live.Select(file => file.Path), file => file.Path).ToList();
        var parameters = new Dictionary<string, string> { ["version"] = DeltaActions.Number(then.Version) };
        var rows = adds.Sum(file => Math.Max(0, DeltaStatistics.Read(file.Stats).Rows));
        var progress = RestoredProgress.Of(
            then.ToSnapshot().Transactions,
            now.ToSnapshot().Transactions,
            now.Version + 1
        );
        var actions = new List<DeltaAction>
        {
            DeltaActions.Info("RESTORE", parameters, adds, removed, rows, nowMillis),
        };
        if (TextOf(then) != TextOf(now))
        {
            actions.Add(new() { MetaData = then.MetaData });
        }

        actions.AddRange(progress.Select(txn => DeltaActions.Txn(txn.Key, txn.Value, nowMillis)));
        actions.AddRange(removed.Select(file => DeltaActions.Remove(file, nowMillis)));
        actions.AddRange(
            adds.Select(file => new DeltaAction { Add = file with { DataChange = true, ModificationTime = nowMillis } })
        );
        return actions;
    }

    private static string TextOf(DeltaState state) =>
        JsonSerializer.Serialize(state.MetaData!, DeltaJson.Default.DeltaMetaData);
}
