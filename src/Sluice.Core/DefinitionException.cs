namespace Sluice.Core;

/// <summary>What the user wrote (the project, a funnel, a model, an argument) cannot be used as it is.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>Reports every problem found at once.</summary>
    public DefinitionException(IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join('\n', diagnostics)) =>
        (Diagnostics, Problem) = (diagnostics, string.Join('\n', diagnostics));

    /// <summary>Reports one problem that lies in no file: an argument of a command.</summary>
    public DefinitionException(string message, string? hint = null)
        : base(hint is null ? message : $"{message}\n    {hint}") => (Diagnostics, Problem, Hint) = ([], message, hint);

    /// <summary>The problems with file and line, in the order they were found; empty for an argument.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>What is wrong, without the hint.</summary>
    public string Problem { get; }

    /// <summary>What to write instead; null where there is nothing to say, or where each diagnostic has its own.</summary>
    public string? Hint { get; }
}
