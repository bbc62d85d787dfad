using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Parquet;

namespace Sluice.Lake.Delta;

/// <summary>Rewrites the live files of a table whose columns become wider by a commit: readers want one type in all of them. Used for one commit.</summary>
/// <param name="table">The table.</param>
/// <param name="writer">Publishes the new files.</param>
/// <param name="cancellationToken">Stops it before anything is visible.</param>
internal sealed class DeltaWidening(TableId table, DeltaWriter writer, CancellationToken cancellationToken)
{
    // A commit that loses a race asks again: what was rewritten before it need not be rewritten twice.
    private readonly Dictionary<string, DeltaAdd?> _rewritten = new(StringComparer.Ordinal);

    /// <summary>The files that stay, each with the one that takes its place; none where no column becomes wider.</summary>
    public IReadOnlyList<(DeltaAdd Old, DeltaAdd? New)> Rewrite(DeltaState? state, TableCommit commit)
    {
        if (state is null || commit.Replaces == ReplaceScope.Table)
        {
            return [];
        }

        var snapshot = state.ToSnapshot();
        var change = SchemaChange.Between(table, snapshot.Schema, commit.Schema);
        return change.Widened.Count == 0
            ? []
            :
            [
                .. state
                    .Live.Zip(snapshot.Files)
                    .Where(file => !DeltaCommitBuilder.IsReplaced(file.First, commit))
                    .Select(file => (file.First, Rewrite(file.Second, change.Merged))),
            ];
    }

    private DeltaAdd? Rewrite(DataFile file, TableSchema schema)
    {
        if (!_rewritten.TryGetValue(file.Path, out var wide))
        {
            var staged = ParquetJoin.Run([file], RawColumns.OfFiles(schema), writer.Staging, cancellationToken);
            if (staged is not null)
            {
                wide = writer.Publish([DeltaState.Rewritten(new(staged, [file]), schema)])[0];
            }

            _rewritten[file.Path] = wide;
        }

        return wide;
    }
}
