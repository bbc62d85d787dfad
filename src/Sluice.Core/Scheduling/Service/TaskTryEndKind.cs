namespace Sluice.Core.Scheduling.Service;

/// <summary>The ways in which a try ends.</summary>
internal enum TaskTryEndKind
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Its process is gone.</summary>
    Lost,

    /// <summary>It was asked to stop, and did.</summary>
    Stopped,

    /// <summary>The program did what it must not.</summary>
    Fault,
}
