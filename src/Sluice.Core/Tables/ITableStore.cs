namespace Sluice.Core.Tables;

/// <summary>The tables of the lake: versions that never change, and commits that appear at once. Safe for many threads and processes.</summary>
public interface ITableStore
{
    /// <summary>All tables that have a version, in order.</summary>
    IReadOnlyList<TableId> List();

    /// <summary>A version of a table, the newest by default; null where the table does not exist.</summary>
    /// <exception cref="PipelineException">The version is not there, or the log is damaged or of a newer protocol.</exception>
    Task<TableSnapshot?> ReadAsync(TableId table, long? version = null, CancellationToken cancellationToken = default);

    /// <summary>Opens a private place for new data files of the table. What is left in it unfinished is never read.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">A name under which another process finds what this one kept; null for a place that nobody finds. Where
    /// a process that lives has the name, the place is one without.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<IStagingArea> StageAsync(TableId table, string? name = null, CancellationToken cancellationToken = default);

    /// <summary>Makes the staged files part of the table in one step, or changes nothing.</summary>
    /// <returns>The version that was made.</returns>
    /// <exception cref="TableConflictException">Another writer has committed for the same interval meanwhile.</exception>
    Task<long> CommitAsync(TableId table, TableCommit commit, CancellationToken cancellationToken = default);

    /// <summary>Puts files in the place of others in one step, or changes nothing.</summary>
    /// <returns>The version that was made.</returns>
    /// <exception cref="TableConflictException">A file that should go is no longer live.</exception>
    Task<long> RewriteAsync(TableId table, TableRewrite rewrite, CancellationToken cancellationToken = default);
}
