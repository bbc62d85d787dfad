namespace Sluice.Lake.Upkeep;

/// <summary>What a restore did.</summary>
/// <param name="Version">The version that it made; the newest one where nothing was to be done.</param>
/// <param name="IsUnchanged">The table was at that version already.</param>
/// <param name="Reopened">Intervals that are no longer done and will be loaded again, by their ids, in order.</param>
public sealed record RestoreOutcome(long Version, bool IsUnchanged, IReadOnlyList<string> Reopened);
