namespace Sluice.Project.Models;

/// <summary>A value of a model's configuration, as it was written.</summary>
/// <param name="Value">Null, text, bool, long, double, lists and maps of these.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">Its line there.</param>
internal sealed record ConfigValue(object? Value, string File, int Line);
