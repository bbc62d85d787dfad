namespace Sluice.Core.Scheduling;

/// <summary>How far a task has come.</summary>
/// <param name="Rows">Rows done so far.</param>
/// <param name="Expected">About how many there will be; null where nobody knows.</param>
/// <param name="Note">What holds it up, in few words; null where nothing does.</param>
public sealed record TaskProgress(long Rows, long? Expected = null, string? Note = null);
