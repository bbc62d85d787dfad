namespace Sluice.Core.Scheduling.States;

/// <summary>What the tasks before a task must have come to before it starts.</summary>
public enum TriggerRule
{
    /// <summary>All succeeded.</summary>
    AllSuccess,

    /// <summary>All are over, whatever became of them.</summary>
    AllDone,

    /// <summary>One failed; the others need not be over.</summary>
    OneFailed,

    /// <summary>All are over, and none failed: they succeeded or were skipped.</summary>
    NoneFailed,
}
