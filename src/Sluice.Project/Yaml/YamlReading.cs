using YamlDotNet.RepresentationModel;

namespace Sluice.Project.Yaml;

/// <summary>The reading of YAML as a part of the program that takes its time to get ready.</summary>
public static class YamlReading
{
    /// <summary>Reads a file of one line, so that the next is read at once: the library compiles a pattern when it is first used.</summary>
    public static void Prepare() => new YamlStream().Load(new StringReader("name: value"));
}
