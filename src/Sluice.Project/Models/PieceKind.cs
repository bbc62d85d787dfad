namespace Sluice.Project.Models;

/// <summary>What a piece of a template is.</summary>
internal enum PieceKind
{
    Text,
    Expression,
    Statement,
    Comment,
    Unclosed,
}
