namespace Sluice.Core.Scheduling.Service;

/// <summary>What a backfill does about an interval.</summary>
public enum BackfillAction
{
    /// <summary>It makes a run.</summary>
    Create,

    /// <summary>It clears the run that is there.</summary>
    Clear,

    /// <summary>It leaves the run that is there.</summary>
    Leave,
}
