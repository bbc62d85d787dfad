namespace Sluice.Tests;

/// <summary>Compares a text with a checked-in file: a change shows up as a diff that somebody reads.</summary>
internal static class Golden
{
    public static void Match(string name, string actual)
    {
        var path = Path.Combine(Repository.Root, "tests", "golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"No golden file. Run with UPDATE_GOLDEN=1, then read the diff: {path}");
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }
}
