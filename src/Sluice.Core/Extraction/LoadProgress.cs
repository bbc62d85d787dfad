using Sluice.Core.Extraction.Throttling;

namespace Sluice.Core.Extraction;

/// <summary>How far a load has come.</summary>
/// <param name="Rows">Rows read so far, those of an earlier attempt included.</param>
/// <param name="Expected">About how many there will be; null where nobody knows.</param>
/// <param name="Throttle">What the throttle does; null where there is none.</param>
public sealed record LoadProgress(long Rows, long? Expected = null, ThrottleState? Throttle = null);
