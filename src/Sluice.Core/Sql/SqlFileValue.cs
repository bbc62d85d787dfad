using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>A value in a file whose values say their kind.</summary>
/// <param name="Kind">A number is a double here, whatever it is; what is neither number nor truth value is a text.</param>
/// <param name="Line">The 1-based line.</param>
/// <param name="Text">How the file writes it, perhaps cut off.</param>
public sealed record SqlFileValue(ColumnKind Kind, int Line, string Text);
