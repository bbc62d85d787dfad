using Sluice.Core.Time;

namespace Sluice.Core.Tables;

/// <summary>A change of a table that appears whole or not at all.</summary>
public sealed record TableCommit
{
    /// <summary>The interval it is made for; the new files are tagged with it.</summary>
    public required DataInterval Interval { get; init; }

    /// <summary>The writer's right to commit: refused once the log has this token or a greater one.</summary>
    public required TaskToken Token { get; init; }

    /// <summary>The version that the writer knew, -1 for none: the commit is refused if the table was restored since. Null where nothing was read of it.</summary>
    public long? BasedOn { get; init; }

    /// <summary>What it replaces.</summary>
    public required ReplaceScope Replaces { get; init; }

    /// <summary>The columns of the new files, the partition column included.</summary>
    public required TableSchema Schema { get; init; }

    /// <summary>The new files, staged before; none for an empty result.</summary>
    public required IReadOnlyList<StagedFile> Files { get; init; }

    /// <summary>Files of an earlier version of the table that are to be in the new one, whatever <see cref="Replaces"/> says.</summary>
    public KeptFiles? Keeps { get; init; }

    /// <summary>Whether the files lie in a partition by the interval's <c>ds</c>.</summary>
    public required bool Partitioned { get; init; }

    /// <summary>What makes the table a log of changes; null where its rows are what they are.</summary>
    public ChangeLog? Log { get; init; }

    /// <summary>High watermarks to record in the same commit, by application.</summary>
    public IReadOnlyDictionary<string, long> Watermarks { get; init; } = new Dictionary<string, long>();
}
