using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>A column of a source's table.</summary>
/// <param name="Name">Its name in the source.</param>
/// <param name="Type">The type it gets in the lake.</param>
/// <param name="Declared">The type as the source names it; null where the reader does not care.</param>
/// <param name="IsNullable">Whether it may be null.</param>
public sealed record SourceColumn(string Name, ColumnType Type, string? Declared = null, bool IsNullable = true);
