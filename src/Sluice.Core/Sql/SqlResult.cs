using System.Data.Common;

namespace Sluice.Core.Sql;

/// <summary>The rows of a running SELECT.</summary>
/// <param name="rows">The open reader.</param>
/// <param name="kinds">What the texts of its columns mean, per column.</param>
/// <param name="explain">Says what an engine's failure means.</param>
/// <param name="release">What else has to go with it.</param>
public sealed class SqlResult(
    DbDataReader rows,
    IReadOnlyList<ResultKind> kinds,
    Func<DbException, PipelineException> explain,
    IAsyncDisposable release
) : IAsyncDisposable
{
    /// <summary>What the texts of the columns mean, per column.</summary>
    public IReadOnlyList<ResultKind> Kinds { get; } = kinds;

    /// <summary>The current row; use <see cref="ReadAsync"/> to go on.</summary>
    public DbDataReader Rows { get; } = rows;

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="PipelineException">The statement failed on the way: a file is damaged, a value does not fit.</exception>
    public async Task<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await Rows.ReadAsync(cancellationToken);
        }
        catch (DbException failure)
        {
            throw explain(failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await release.DisposeAsync();
    }
}
