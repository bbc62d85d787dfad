using Sluice.Project.Yaml;

namespace Sluice.Project;

/// <summary>Reads the section <c>engine</c>.</summary>
internal static class EngineReader
{
    public static EngineDefinition Read(YamlMap yaml)
    {
        if (yaml.Map("engine") is not { } engine)
        {
            return new(0, null);
        }

        engine.Allow("kind", "threads", "memory_mib");
        if (engine.Text("kind") is { } kind && kind != "duckdb")
        {
            engine.Report("kind", $"the engine '{kind}' is not known.", "Engines are: duckdb. Spark is still to come.");
        }

        return new(
            engine.Number("threads", 0, 0, 1024),
            engine.Has("memory_mib") ? engine.Number("memory_mib", 1024, 64, int.MaxValue) : null
        );
    }
}
