using Sluice.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Yaml;

/// <summary>Reads a YAML file into nodes that know their lines.</summary>
internal static class YamlFile
{
    /// <summary>Whether a file has nothing but blanks and comments.</summary>
    public static bool IsEmpty(string path) =>
        File.ReadLines(path).All(line => line.AsSpan().Trim() is [] or ['#', ..] or "---");

    /// <summary>The file's top map; null, with the problem noted, where it has none.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="name">How messages call the file.</param>
    /// <param name="problems">Told what is wrong.</param>
    public static YamlMap? Read(string path, string name, Problems problems)
    {
        try
        {
            using var text = new StreamReader(path);
            var stream = new YamlStream();
            stream.Load(text);
            if (stream.Documents is [var document, ..] && document.RootNode is YamlMappingNode map)
            {
                if (YamlCycle.Find(map) is not { } endless)
                {
                    return new YamlMap(map, name, problems);
                }

                problems.Add(
                    name,
                    (int)endless.Start.Line,
                    "a list or map contains itself, or lies too deep.",
                    "Write out what the alias (*) stands for."
                );
                return null;
            }

            problems.Add(name, 1, "the file has no keys.");
        }
        catch (InvalidOperationException)
        {
            // The parser's way to say that the file ends too early.
            problems.Add(
                name,
                File.ReadLines(path).Count(),
                "this is no YAML: the file ends inside a list or a map.",
                "Close every [ and {."
            );
        }
        catch (YamlException syntax)
        {
            problems.Add(
                name,
                (int)syntax.Start.Line,
                $"this is no YAML: {syntax.Message}",
                "Check the indentation and the quotes on this line and the one above."
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"Could not read '{path}': {failure.Message}", failure);
        }

        return null;
    }
}
