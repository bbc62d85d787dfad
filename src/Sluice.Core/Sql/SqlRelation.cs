using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>A table as a statement sees it: some files of one version, or a file of the user's.</summary>
/// <param name="Table">Its name; the schema is <see cref="TableId.Schema"/>.</param>
/// <param name="Schema">Its columns; a file of the lake that lacks one gives null for it.</param>
/// <param name="Files">Its files in the lake; none make an empty table.</param>
public sealed record SqlRelation(TableId Table, TableSchema Schema, IReadOnlyList<DataFile> Files)
{
    /// <summary>What makes the files a log of changes, of which the statement sees the current rows; null where it sees all rows.</summary>
    public ChangeLog? Log { get; init; }

    /// <summary>The user's file that is read instead of the lake's; null for a table of the lake.</summary>
    public SqlFile? File { get; init; }

    /// <summary>A SELECT over relations that come before this one; null for a table with rows of its own.</summary>
    public string? Statement { get; init; }

    /// <summary>The file that <see cref="Statement"/> was made of; null for none.</summary>
    public StatementOrigin? Origin { get; init; }

    /// <summary>Rows that the statement's maker gives instead of files; null for a table of files.</summary>
    /// <remarks>Per column a text, a number, a boolean or null, cast to the column's type; a column may be absent, which is null.</remarks>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>>? Rows { get; init; }

    /// <summary>The name of a further column that says in which file a row lies; null for none. For tables of the lake.</summary>
    public string? PathColumn { get; init; }

    /// <summary>The paths of all that is read.</summary>
    public IEnumerable<string> Paths => File is null ? Files.Select(file => file.Path) : [File.Path];

    /// <summary>A user's file as a table.</summary>
    public static SqlRelation Of(TableId table, TableSchema schema, SqlFile file) =>
        new(table, schema, []) { File = file };

    /// <summary>A SELECT as a table.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="statement">The SELECT; what it reads comes before it among a query's relations.</param>
    /// <param name="origin">The file that it was made of.</param>
    public static SqlRelation Of(TableId table, string statement, StatementOrigin? origin = null) =>
        new(table, new TableSchema([]), []) { Statement = statement, Origin = origin };
}
