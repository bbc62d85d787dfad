namespace Sluice.Project.Templates.Evaluation;

/// <summary>The names that a template knows without having set them.</summary>
internal interface ITemplateGlobals
{
    /// <summary>All of them, for suggestions.</summary>
    IEnumerable<string> Names { get; }

    bool TryGet(string name, Interpreter interpreter, out object? value);
}
