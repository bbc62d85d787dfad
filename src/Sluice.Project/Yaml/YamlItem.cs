namespace Sluice.Project.Yaml;

/// <summary>An item of a list: a text or a map.</summary>
/// <param name="Text">The text; null for a map.</param>
/// <param name="Map">The map; null for a text.</param>
/// <param name="Line">Its line, 1-based.</param>
internal sealed record YamlItem(string? Text, YamlMap? Map, int Line);
