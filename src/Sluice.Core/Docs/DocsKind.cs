namespace Sluice.Core.Docs;

/// <summary>What a box of the graph is.</summary>
internal enum DocsKind
{
    Source,
    Seed,
    Model,
}
