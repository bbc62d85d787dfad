namespace Sluice.Tests.Templates;

/// <summary>A template and what must come of it.</summary>
/// <param name="Name">File and title.</param>
/// <param name="Sections">The text of each section by its name: <c>template</c>, <c>text</c>, <c>error</c>, <c>macros</c>, …</param>
internal sealed record TemplateCase(string Name, IReadOnlyDictionary<string, string> Sections)
{
    /// <summary>A section; empty where the case has none of that name.</summary>
    public string Of(string section) => Sections.GetValueOrDefault(section, "");
}
