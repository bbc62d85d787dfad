namespace Sluice.DuckDb;

/// <summary>A column that a query gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">DuckDB's name of its type.</param>
internal sealed record QueryColumn(string Name, string Type);
