using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads one funnel from any YAML file, with no project around it.</summary>
public static class FunnelFile
{
    /// <summary>The funnel. Its name is that of the key <c>name</c>, else that of the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DefinitionException">There is no such file, it cannot be read, or it is wrong; all problems are named.</exception>
    public static FunnelDefinition Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new DefinitionException(
                Directory.Exists(path) ? $"'{path}' is a folder." : $"There is no file '{path}'.",
                "Name a YAML file with one funnel, for example of the line: steps: [search, payment]"
            );
        }

        var problems = new Problems();
        var funnel = Open(path, path, problems) is { } yaml
            ? FunnelReader.Read(yaml, Path.GetFileNameWithoutExtension(path), problems)
            : null;
        problems.ThrowIfAny();
        return funnel!;
    }

    /// <summary>The keys of a file; null, with the problem noted, where it has none or cannot be read.</summary>
    internal static YamlMap? Open(string path, string name, Problems problems)
    {
        try
        {
            return YamlFile.Read(path, name, problems);
        }
        catch (PipelineException unreadable)
        {
            problems.Add(name, 0, unreadable.Message, "Check who may read it.");
            return null;
        }
    }
}
