namespace Sluice.Lake.Delta;

/// <summary>One line of a commit: exactly one of its parts is there. The names are the protocol's.</summary>
internal sealed record DeltaAction
{
    public DeltaCommitInfo? CommitInfo { get; init; }

    public DeltaProtocol? Protocol { get; init; }

    public DeltaMetaData? MetaData { get; init; }

    public DeltaTxn? Txn { get; init; }

    public DeltaAdd? Add { get; init; }

    public DeltaRemove? Remove { get; init; }
}
