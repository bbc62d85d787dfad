namespace Sluice.Core.Models.Testing;

/// <summary>Tests found what must not be; nothing is published.</summary>
/// <param name="message">Whose tests, and how many.</param>
/// <param name="results">All results, also of the tests that passed.</param>
public sealed class TestFailureException(string message, IReadOnlyList<TestResult> results) : PipelineException(message)
{
    /// <summary>All results, also of the tests that passed.</summary>
    public IReadOnlyList<TestResult> Results { get; } = results;
}
