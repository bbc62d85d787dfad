namespace Sluice.Core.Scheduling.Service;

/// <summary>How a try ended.</summary>
/// <param name="Try">The try.</param>
/// <param name="Kind">In which of the ways.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Outcome">What it did; null unless it is done.</param>
/// <param name="Failure">Why it failed; null unless it did.</param>
internal sealed record TaskTryEnd(
    TaskTry Try,
    TaskTryEndKind Kind,
    TimeSpan Elapsed,
    TaskOutcome? Outcome,
    Exception? Failure
);
