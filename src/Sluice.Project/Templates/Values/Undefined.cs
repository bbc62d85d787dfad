namespace Sluice.Project.Templates.Values;

/// <summary>
/// What a name or key stands for that is not there. It can be asked whether it is defined, and replaced by <c>default</c>; any
/// other use is an error, where Jinja would print nothing.
/// </summary>
/// <param name="problem">What is said on use.</param>
/// <param name="hint">What to write instead, found on use; null where there is nothing to say.</param>
internal sealed class Undefined(string problem, Func<string?>? hint = null)
{
    /// <summary>The file to blame; null for the place of the use.</summary>
    public string? File { get; init; }

    /// <summary>The line to blame.</summary>
    public int Line { get; init; }

    public TemplateException ToException()
    {
        var failure = new TemplateException(problem, hint?.Invoke());
        return File is null ? failure : failure.At(File, Line);
    }
}
