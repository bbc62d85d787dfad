namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Why a pass ended.</summary>
internal enum PassEndReason
{
    /// <summary><c>strict_order</c>: an event matches no step.</summary>
    OfNoStep,

    /// <summary><c>strict_order</c> without <c>allow_reentry</c>: the step before is not reached.</summary>
    TooEarly,

    /// <summary><c>strict_deduplication</c>: the step is reached and came again.</summary>
    Repeated,
}
