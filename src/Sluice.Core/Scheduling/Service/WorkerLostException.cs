namespace Sluice.Core.Scheduling.Service;

/// <summary>The process of a try is gone before it was done.</summary>
/// <param name="message">What is known of it.</param>
public sealed class WorkerLostException(string message) : PipelineException(message);
