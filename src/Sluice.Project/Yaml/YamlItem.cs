namespace Sluice.Project.Yaml;

/// <summary>An item of a list: a text, a map or a list.</summary>
/// <param name="Text">The text, empty for null; null for a map or a list.</param>
/// <param name="Map">The map; null for others.</param>
/// <param name="Line">Its line, 1-based.</param>
internal sealed record YamlItem(string? Text, YamlMap? Map, int Line)
{
    /// <summary>The items of a list; null for others.</summary>
    public IReadOnlyList<YamlItem>? List { get; init; }
}
