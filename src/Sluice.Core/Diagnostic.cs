namespace Sluice.Core;

/// <summary>One thing wrong in what the user wrote.</summary>
/// <param name="File">The file, as the user would name it.</param>
/// <param name="Line">1-based; 0 where the whole file is meant.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to write instead; null where the message says it.</param>
public sealed record Diagnostic(string File, int Line, string Message, string? Hint = null)
{
    /// <inheritdoc/>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}") + (Hint is null ? "" : $"\n    {Hint}");
}
