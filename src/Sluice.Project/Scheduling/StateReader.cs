using Sluice.Project.Sources;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads where the states of runs are kept: <c>state: postgresql://…</c>, a reference, or both in one.</summary>
internal static class StateReader
{
    private const string Key = "state";
    private const string Hint =
        "Write it as postgresql://user:${env:PASSWORD}@host:5432/database, or leave it out for .sluice/state.db.";

    public static StateDefinition? Read(YamlMap yaml, string root)
    {
        if (yaml.Text(Key) is not { } text)
        {
            return null;
        }

        var references = new References(root);
        // A reference that is all of it stands for the whole URL.
        var isReference = text.StartsWith("${", StringComparison.Ordinal);
        var resolved = isReference ? references.Resolve(text)! : text;
        if (isReference && references.Missing.Count > 0)
        {
            return new(null, references.Missing);
        }

        if (SourceUrl.Parse(resolved) is { Scheme: "postgresql" or "postgres" } url)
        {
            var connection = ConnectionReader.Read(yaml, url, references, root, Key);
            return connection is null ? null : new(connection, references.Missing);
        }

        // What a reference stands for may be a secret.
        yaml.Report(
            Key,
            isReference ? "this is no URL of a PostgreSQL database." : $"'{text}' is no URL of a PostgreSQL database.",
            Hint
        );
        return null;
    }
}
