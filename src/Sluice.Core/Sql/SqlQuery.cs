using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>A SELECT and the tables it may read.</summary>
/// <param name="Text">The statement; tables are named <c>"schema"."name"</c>, marts also without their schema.</param>
/// <param name="Relations">The tables.</param>
public sealed record SqlQuery(string Text, IReadOnlyList<SqlRelation> Relations)
{
    /// <summary>What the statement is, for messages: <c>model dim_user</c>.</summary>
    public string Subject { get; init; } = "the query";

    /// <summary>The file that the statement was made of, which messages then name with a line; null for none.</summary>
    public StatementOrigin? Origin { get; init; }

    /// <summary>Whether a division by zero fails, and a number among the rows that is infinite or none.</summary>
    /// <value>False: the engine's own arithmetic.</value>
    public bool ChecksArithmetic { get; init; }

    /// <summary>The part of the engine's memory that the statement may use, above 0.</summary>
    /// <value>1 by default; less for statements that run side by side.</value>
    public double MemoryShare { get; init; } = 1;

    /// <summary>Whether the tables' files are compared with their checksums before the statement reads them.</summary>
    /// <value>False: they must be there in their size. Comparing reads every byte of them, once for an engine.</value>
    public bool ComparesChecksums { get; init; }

    /// <summary>Whether a table whose files are damaged is left out where the statement does not name it.</summary>
    /// <value>False: every table is there, or the query fails.</value>
    public bool LeavesOutDamaged { get; init; }

    /// <summary>Whether the statement may read a table: a word of it is the table's name.</summary>
    public bool Names(TableId table) => Text.Contains(table.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The columns that the rows are written as: found by name, cast, null where the statement gives none. Null takes them as they come.</summary>
    public TableSchema? Columns { get; init; }
}
