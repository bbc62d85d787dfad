using System.Data.Common;

namespace Sluice.Core.Sql;

/// <summary>The rows of a running SELECT.</summary>
/// <param name="rows">The open reader.</param>
/// <param name="release">What else has to go with it.</param>
public sealed class SqlResult(DbDataReader rows, IAsyncDisposable release) : IAsyncDisposable
{
    /// <summary>The rows; forward only.</summary>
    public DbDataReader Rows { get; } = rows;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await release.DisposeAsync();
    }
}
