namespace Sluice.Lake.PostgreSql;

/// <summary>A column as the catalog has it; of a domain, the type below it.</summary>
internal sealed record PostgreSqlColumn
{
    public required string Name { get; init; }

    /// <summary>The type as it was declared.</summary>
    public required string Declared { get; init; }

    public required bool IsNullable { get; init; }

    /// <summary>The type's number in the catalog.</summary>
    public required uint Type { get; init; }

    /// <summary>The type's name as a cast takes it, without a length.</summary>
    public required string TypeName { get; init; }

    /// <summary>Its length or precision as the catalog packs it; -1 for none.</summary>
    public required int Modifier { get; init; }

    /// <summary>What sort of type it is: <c>b</c>ase, <c>e</c>num, <c>c</c>omposite, <c>r</c>ange, <c>m</c>ultirange.</summary>
    public required char Sort { get; init; }

    /// <summary>Whether the type is the server's own, not one of an extension or a user.</summary>
    public required bool IsBuiltIn { get; init; }

    /// <summary>The collation for a statement; null for none or the database's.</summary>
    public required string? Collation { get; init; }

    /// <summary>Whether an index begins with it.</summary>
    public required bool LeadsIndex { get; init; }
}
