namespace Sluice.Core.Models.Testing;

/// <summary>Rows of a unit test: written as values, or as a SELECT that names no table.</summary>
public sealed record UnitRows
{
    /// <summary>The columns that are named, in the order they first appear; none where <see cref="Sql"/> says them.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The rows: per column a text, a number (long, double or decimal), a boolean or null; a column may be absent, which is null.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows { get; init; } = [];

    /// <summary>A SELECT that gives the rows; null where they are written as values.</summary>
    public string? Sql { get; init; }
}
