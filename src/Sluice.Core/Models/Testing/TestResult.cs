namespace Sluice.Core.Models.Testing;

/// <summary>How a test ended, and what it found.</summary>
/// <param name="Name">The test.</param>
/// <param name="File">The file it is written in, relative to the project.</param>
/// <param name="Line">The 1-based line it begins on; 0 where that is not known.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Failures">What it counted; of a unit test the rows that differ.</param>
public sealed record TestResult(string Name, string File, int Line, TestStatus Status, long Failures)
{
    /// <summary>Why it could not run, or what differs; null where there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>The columns of <see cref="Rows"/>.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The first failing rows, at most ten, as texts; null where a value is null.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows { get; init; } = [];

    /// <summary>The file that keeps all failing rows; null where none is kept.</summary>
    public string? KeptIn { get; init; }

    /// <summary>The statement that ran.</summary>
    public string Statement { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }
}
