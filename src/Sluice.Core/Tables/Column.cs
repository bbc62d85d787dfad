namespace Sluice.Core.Tables;

/// <summary>One column of a table; every column may hold null.</summary>
/// <param name="Name">As the source or the model spells it.</param>
/// <param name="Type">What it holds.</param>
public sealed record Column(string Name, ColumnType Type);
