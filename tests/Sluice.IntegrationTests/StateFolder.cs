using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Sluice.IntegrationTests;

/// <summary>Looks at what is on disk, with no code of Sluice.</summary>
internal static class StateFolder
{
    /// <summary>
    /// Every file with its size, its time and its content: equal when nothing at all was changed. That there was a run is kept
    /// in the run store, which is left out.
    /// </summary>
    public static IReadOnlyList<string> Files(this SluiceProject project) =>
        [
            .. Directory
                .EnumerateFiles(project.State, "*", SearchOption.AllDirectories)
                .Where(path => !Path.GetFileName(path).StartsWith("state.db", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(path =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Path.GetRelativePath(project.State, path)} {new FileInfo(path).Length} {File.GetLastWriteTimeUtc(path):O} {Hash(path)}"
                    )
                ),
        ];

    /// <summary>The folders that hold a Delta table.</summary>
    public static IReadOnlyList<string> Tables(this SluiceProject project) =>
        Directory.Exists(project.State)
            ?
            [
                .. Directory
                    .EnumerateDirectories(project.State, "_delta_log", SearchOption.AllDirectories)
                    .Select(log => Path.GetDirectoryName(log)!)
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public static string TableFolder(this SluiceProject project, string table) =>
        Path.Combine(project.State, "lake", table);

    /// <summary>The numbers of a table's commits, in order.</summary>
    public static IReadOnlyList<long> Versions(string table) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json")
                .Select(file => long.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture))
                .Order(),
        ];

    /// <summary>How many commits all tables have.</summary>
    public static int Commits(this SluiceProject project) => project.Tables().Sum(table => Versions(table).Count);

    /// <summary>The actions of all commits, in order.</summary>
    public static IEnumerable<JsonElement> Actions(string table)
    {
        foreach (
            var line in Directory
                .EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json")
                .Order(StringComparer.Ordinal)
                .SelectMany(File.ReadAllLines)
        )
        {
            using var json = JsonDocument.Parse(line);
            yield return json.RootElement.Clone();
        }
    }

    /// <summary>The files that the newest version consists of: absolute paths.</summary>
    public static IReadOnlyList<string> LiveFiles(string table)
    {
        var live = new HashSet<string>(StringComparer.Ordinal);
        foreach (var action in Actions(table))
        {
            if (action.TryGetProperty("remove", out var remove))
            {
                live.Remove(PathOf(table, remove));
            }

            if (action.TryGetProperty("add", out var add))
            {
                live.Add(PathOf(table, add));
            }
        }

        return [.. live];
    }

    /// <summary>Fails unless every log is whole: versions without a gap, and every file that was ever added is there in its size.</summary>
    public static void AssertWhole(this SluiceProject project)
    {
        foreach (var table in project.Tables())
        {
            var versions = Versions(table);
            Assert.Equal(Enumerable.Range(0, versions.Count).Select(number => (long)number), versions);
            foreach (var action in Actions(table))
            {
                if (action.TryGetProperty("add", out var add))
                {
                    var file = new FileInfo(PathOf(table, add));
                    Assert.True(file.Exists, $"{file} is named by the log and missing.");
                    Assert.Equal(add.GetProperty("size").GetInt64(), file.Length);
                }
            }
        }
    }

    /// <summary>Fails unless no work of a dead run is left.</summary>
    public static void AssertNothingStaged(this SluiceProject project) =>
        Assert.Empty(Directory.Exists(project.Staging) ? Directory.EnumerateFileSystemEntries(project.Staging) : []);

    /// <summary>Waits until an extract has got its first page, and fails if it ends before.</summary>
    public static async Task UntilWritingAsync(this SluiceProject project, Process extract)
    {
        while (
            !Directory.Exists(project.Staging)
            || !Directory.EnumerateFiles(project.Staging, "*.parquet", SearchOption.AllDirectories).Any()
        )
        {
            Assert.False(extract.HasExited, "The extract ended before it read anything.");
            await Task.Yield();
        }
    }

    /// <summary>How many part files unfinished extracts will go on behind.</summary>
    public static int KeptParts(this SluiceProject project) =>
        Directory.Exists(project.Staging)
            ? Directory.EnumerateFiles(project.Staging, "note.json", SearchOption.AllDirectories).Sum(PartsOf)
            : 0;

    // Its first line is the folder.
    private static int PartsOf(string note)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(note).Split('\n', 2)[1]);
        return json.RootElement.GetProperty("Parts").GetArrayLength();
    }

    private static string PathOf(string table, JsonElement file) =>
        Path.Combine(table, Uri.UnescapeDataString(file.GetProperty("path").GetString()!));

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(stream));
    }
}
