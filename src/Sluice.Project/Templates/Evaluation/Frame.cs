namespace Sluice.Project.Templates.Evaluation;

/// <summary>Where the rendering is: the file that lines belong to, and the variables that are seen.</summary>
internal sealed record Frame(string File, Scope Scope)
{
    public Frame Inner() => this with { Scope = new Scope(Scope) };
}
