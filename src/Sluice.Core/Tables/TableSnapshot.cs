namespace Sluice.Core.Tables;

/// <summary>What one version of a table consists of.</summary>
public sealed record TableSnapshot
{
    /// <summary>The table.</summary>
    public required TableId Table { get; init; }

    /// <summary>The identity the table got when it was created; see <see cref="TableVersion"/>.</summary>
    public required string Incarnation { get; init; }

    /// <summary>The version, from 0.</summary>
    public required long Version { get; init; }

    /// <summary>The columns, the partition column <c>ds</c> among them where the table has it.</summary>
    public required TableSchema Schema { get; init; }

    /// <summary>What makes the table a log of changes; null where its rows are what they are.</summary>
    public ChangeLog? Log { get; init; }

    /// <summary>The live files, in the order they were added.</summary>
    public required IReadOnlyList<DataFile> Files { get; init; }

    /// <summary>The newest version that each application of a <c>txn</c> action recorded.</summary>
    public required IReadOnlyDictionary<string, long> Transactions { get; init; }

    /// <summary>When the version was committed.</summary>
    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>How a build names this version.</summary>
    public TableVersion Pin => new(Incarnation, Version);

    /// <summary>Rows of all live files.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>Bytes of all live files.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);
}
