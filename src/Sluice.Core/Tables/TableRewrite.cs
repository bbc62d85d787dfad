namespace Sluice.Core.Tables;

/// <summary>A change of the files that a table consists of; it appears whole or not at all.</summary>
public sealed record TableRewrite
{
    /// <summary>Why.</summary>
    public required RewriteKind Kind { get; init; }

    /// <summary>The files that go. All of them must still be live when the change is committed.</summary>
    public required IReadOnlyList<DataFile> Removes { get; init; }

    /// <summary>The files that come in their place.</summary>
    public IReadOnlyList<RewrittenFile> Adds { get; init; } = [];

    /// <summary>What to record in the same commit, by application; it never goes down.</summary>
    public IReadOnlyDictionary<string, long> Watermarks { get; init; } = new Dictionary<string, long>();
}
