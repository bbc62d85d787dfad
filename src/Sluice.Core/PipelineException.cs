namespace Sluice.Core;

/// <summary>A failure outside our code: a source, a file system or an engine.</summary>
/// <remarks>The message says what failed and where; it never contains credentials or the values of a row.</remarks>
/// <param name="message">What is wrong, and where.</param>
/// <param name="inner">What the failing part itself threw.</param>
public class PipelineException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same call may succeed later. The scheduler retries nothing else.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The operator's next step, as one imperative sentence; null where there is none to give.</summary>
    public string? Hint { get; init; }
}
