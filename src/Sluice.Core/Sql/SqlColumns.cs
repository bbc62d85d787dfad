namespace Sluice.Core.Sql;

/// <summary>The rows of a running SELECT, a batch at a time and column by column. For one thread.</summary>
public abstract class SqlColumns : IAsyncDisposable
{
    /// <summary>Rows of the current batch; 0 before the first and after the last.</summary>
    public abstract int Rows { get; }

    /// <summary>Goes to the next batch; what spans the last one gave is gone then.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="PipelineException">The statement failed on the way.</exception>
    public abstract bool MoveNext(CancellationToken cancellationToken);

    /// <summary>A column of BIGINT; where it is null, anything.</summary>
    public abstract ReadOnlySpan<long> Numbers(int column);

    /// <summary>A column of UTINYINT; where it is null, anything.</summary>
    public abstract ReadOnlySpan<byte> Bytes(int column);

    /// <summary>A text in UTF-8, empty where it is null.</summary>
    public abstract ReadOnlySpan<byte> Text(int column, int row);

    /// <summary>Whether a value is null.</summary>
    public abstract bool IsNull(int column, int row);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisposeCoreAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the engine.</summary>
    protected abstract ValueTask DisposeCoreAsync();
}
