using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>Runs SELECT statements over the files of table versions, or over a file of the user's.</summary>
public interface ISqlEngine
{
    /// <summary>The engine's name, as models see it in <c>target.type</c>.</summary>
    string Name { get; }

    /// <summary>Runs a SELECT and writes its rows as Parquet, each column in the type it has in the lake.</summary>
    /// <param name="query">The SELECT and the tables it may read.</param>
    /// <param name="folder">An existing folder to write into; a staging area's.</param>
    /// <param name="name">The file's name in it, without its ending; nothing of that name may be there.</param>
    /// <param name="cancellationToken">Stops the statement.</param>
    /// <exception cref="PipelineException">The statement is wrong, or a column has a type that the lake cannot hold.</exception>
    Task<MaterializedQuery> MaterializeAsync(
        SqlQuery query,
        string folder,
        string name,
        CancellationToken cancellationToken = default
    );

    /// <summary>The columns that a SELECT gives, without running it.</summary>
    /// <exception cref="PipelineException">The statement is wrong, or a column has a type that the lake cannot hold.</exception>
    Task<TableSchema> DescribeAsync(SqlQuery query, CancellationToken cancellationToken = default);

    /// <summary>Runs a SELECT and streams its rows. Dispose the result to free the engine.</summary>
    /// <exception cref="PipelineException">The statement is wrong, is no single SELECT, or a file is damaged.</exception>
    Task<SqlResult> QueryAsync(SqlQuery query, CancellationToken cancellationToken = default);

    /// <summary>Puts tables before the engine for several statements, which costs what a single one costs.</summary>
    /// <param name="relations">The tables.</param>
    /// <param name="memoryShare">As <see cref="SqlQuery.MemoryShare"/>.</param>
    /// <param name="checksArithmetic">Whether a division by zero fails.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="PipelineException">A file is damaged.</exception>
    Task<ISqlSession> OpenAsync(
        IReadOnlyList<SqlRelation> relations,
        double memoryShare = 1,
        bool checksArithmetic = false,
        CancellationToken cancellationToken = default
    );

    /// <summary>The engine for all statements of one task, opened once: for small statements that takes longer than running them.</summary>
    /// <remarks>Each statement sees its own tables and no other. One that reads or writes elsewhere is run as without sharing.</remarks>
    /// <param name="relations">The tables whose files the statements may read.</param>
    /// <param name="folder">The folder that they may write to, a staging area's; null where they only read.</param>
    /// <param name="memoryShare">As <see cref="SqlQuery.MemoryShare"/>, in place of that of each statement.</param>
    ISharedSqlEngine Share(IReadOnlyList<SqlRelation> relations, string? folder, double memoryShare = 1);

    /// <summary>Looks at a user's file: its format, its columns and their types.</summary>
    /// <param name="path">CSV, JSON lines or Parquet: told by the extension, else by how it begins.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException">The file is not there, is empty, is damaged or is of another format.</exception>
    Task<SqlFile> InspectAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>The 1-based line on which a row of a user's file begins; null for a format without lines.</summary>
    /// <param name="file">The file.</param>
    /// <param name="row">The 1-based place of the row among the file's rows.</param>
    int? FindLine(SqlFile file, long row);
}
