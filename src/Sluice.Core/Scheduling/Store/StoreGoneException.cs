namespace Sluice.Core.Scheduling.Store;

/// <summary>The run store that was opened is no longer the one of its name: what is written to it, nobody reads any more.</summary>
/// <param name="message">Which store, and what became of it.</param>
public sealed class StoreGoneException(string message) : PipelineException(message);
