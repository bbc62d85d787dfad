namespace Sluice.Core.Tables;

/// <summary>Another writer committed for the same table and interval; nothing of ours was written.</summary>
/// <param name="message">Which table, which interval.</param>
public sealed class TableConflictException(string message) : PipelineException(message);
