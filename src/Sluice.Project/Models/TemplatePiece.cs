namespace Sluice.Project.Models;

/// <summary>A run of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without the brackets and the white space in them.</param>
/// <param name="Line">Where it begins, 1-based.</param>
internal readonly record struct TemplatePiece(PieceKind Kind, string Text, int Line);
