using Sluice.Core;

namespace Sluice.Project.Templates;

/// <summary>A template cannot be parsed or rendered as it is written; it knows where once it has been located.</summary>
internal sealed class TemplateException(string problem, string? hint = null) : Exception(problem)
{
    private readonly List<string> _callers = [];

    /// <summary>The file; null until it is located.</summary>
    public string? File { get; private set; }

    /// <summary>The line in it, 1-based.</summary>
    public int Line { get; private set; }

    /// <summary>Says where it happened; only the innermost place counts.</summary>
    public TemplateException At(string file, int line)
    {
        if (File is null)
        {
            (File, Line) = (file, line);
        }

        return this;
    }

    /// <summary>Says that this happened in something called from there.</summary>
    public void CalledFrom(string file, int line)
    {
        // A call out of the line of the problem itself, or out of one that was named, says nothing new.
        var caller = FormattableString.Invariant($"{file}:{line}");
        if (_callers.Count < 3 && caller != FormattableString.Invariant($"{File}:{Line}") && !_callers.Contains(caller))
        {
            _callers.Add(caller);
        }
    }

    /// <summary>The problem for the user.</summary>
    /// <param name="file">The file that is meant where the problem has no place of its own.</param>
    public Diagnostic ToDiagnostic(string file) =>
        new(
            File ?? file,
            Line,
            _callers.Count == 0 ? Message : $"{Message} (called from {string.Join(", from ", _callers)})",
            hint
        );
}
