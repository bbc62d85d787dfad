using Sluice.Core;
using Sluice.Project;

namespace Sluice.Tests.Project;

/// <summary>A project of a few files, and what the loader says to it.</summary>
internal static class WrittenProject
{
    public const string Minimal = "sources: {app: {kind: sqlite, path: app.db, tables: {users: {key: id}}}}\n";

    public static LoadedProject Load(string yaml = Minimal, params (string Name, string Content)[] files)
    {
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", yaml);
        foreach (var (name, content) in files)
        {
            folder.Write(name, content);
        }

        return ProjectLoader.Load(folder.Path);
    }

    /// <summary>What is wrong, as <c>file:line: message</c>, hints left out.</summary>
    public static IEnumerable<string> Problems(string yaml = Minimal, params (string Name, string Content)[] files) =>
        Assert
            .Throws<DefinitionException>(() => Load(yaml, files))
            .Diagnostics.Select(problem => (problem with { Hint = null }).ToString());

    /// <summary>The only thing that is wrong, with its hint.</summary>
    public static string Problem(string yaml = Minimal, params (string Name, string Content)[] files) =>
        Assert.Single(Assert.Throws<DefinitionException>(() => Load(yaml, files)).Diagnostics).ToString();
}
