namespace Sluice.Project.Templates.Dbt;

/// <summary>What all templates of a project share.</summary>
/// <param name="Name">The name in <c>dbt_project.yml</c>; empty where there is none.</param>
/// <param name="Variables">The values of <c>var('…')</c>, those of the command line over those of the file.</param>
/// <param name="Macros">The macros of the macro paths.</param>
internal sealed record TemplateProject(string Name, IReadOnlyDictionary<string, object?> Variables, MacroLibrary Macros)
{
    /// <summary>A project without names, variables and macros.</summary>
    public static TemplateProject Empty =>
        new("", new Dictionary<string, object?>(StringComparer.Ordinal), new MacroLibrary());

    /// <summary>Reads a variable of the environment; null where it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Told what <c>log()</c> and <c>print()</c> say.</summary>
    public Action<string> Log { get; init; } = _ => { };
}
