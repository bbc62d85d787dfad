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
        var funnel = Open(path, problems) is { } yaml
            ? FunnelReader.Read(yaml, Path.GetFileNameWithoutExtension(path), problems)
            : null;
        problems.ThrowIfAny();
        return funnel!;
    }

    private static YamlMap? Open(string path, Problems problems)
    {
        try
        {
            return YamlFile.Read(path, path, problems);
        }
        catch (PipelineException unreadable)
        {
            throw new DefinitionException(unreadable.Message, "Check who may read it.");
        }
    }
}
