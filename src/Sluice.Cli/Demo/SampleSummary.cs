namespace Sluice.Cli.Demo;

/// <summary>The rows of each table of a finished sample.</summary>
/// <param name="Users">Rows of <c>users</c>.</param>
/// <param name="Steps">Rows of <c>step1</c> to <c>step6</c>, in that order.</param>
/// <param name="Events">Rows of <c>events</c>, with those that were sent twice.</param>
internal sealed record SampleSummary(long Users, IReadOnlyList<long> Steps, long Events);
