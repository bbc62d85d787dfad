namespace Sluice.Lake.PostgreSql;

/// <summary>A table, view or the like, as the catalog has it.</summary>
internal sealed record PostgreSqlRelation
{
    public required uint Oid { get; init; }

    public required PostgreSqlName Name { get; init; }

    /// <summary>Whether its rows lie in blocks of its own that <c>ctid</c> names: an ordinary table or a materialized view.</summary>
    public required bool HasBlocks { get; init; }

    /// <summary>Whether other tables inherit from it: its keys do not hold for their rows.</summary>
    public required bool HasHeirs { get; init; }

    /// <summary>Rows as last estimated; null where they never were.</summary>
    public required long? Rows { get; init; }

    /// <summary>Rows in a block, about.</summary>
    public required double RowsPerBlock { get; init; }

    /// <summary>Blocks it has now.</summary>
    public required long Blocks { get; init; }
}
