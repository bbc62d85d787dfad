using Sluice.Core;

namespace Sluice.Project.Yaml;

/// <summary>Collects everything that is wrong, so that the user sees it all at once.</summary>
internal sealed class Problems
{
    private readonly List<Diagnostic> _found = [];

    /// <summary>How many were found so far.</summary>
    public int Count => _found.Count;

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Diagnostic> All => _found;

    public void Add(string file, int line, string message, string? hint = null) =>
        Add(new Diagnostic(file, line, message, hint));

    public void Add(Diagnostic problem)
    {
        // A value that is read twice is wrong once.
        if (!_found.Contains(problem))
        {
            _found.Add(problem);
        }
    }

    /// <summary>Does something and notes the problems it ends with; null then.</summary>
    public T? Catch<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (DefinitionException wrong)
        {
            _found.AddRange(wrong.Diagnostics);
            return null;
        }
    }

    /// <summary>Ends the reading with all problems, where there are any.</summary>
    /// <exception cref="DefinitionException">Something was wrong.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
        {
            throw new DefinitionException(_found);
        }
    }
}
