namespace Sluice.IntegrationTests;

/// <summary>How a command ended and what it said.</summary>
internal sealed record CliResult(int Exit, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Fails the test unless the command was done.</summary>
    public CliResult Done()
    {
        Assert.True(Exit == 0, $"exit {Exit}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Fails the test unless the command failed in this way and its error has all of these words.</summary>
    public CliResult Fails(int exit, params string[] words)
    {
        Assert.True(Exit == exit, $"exit {Exit} instead of {exit}\n{Output}\n{Error}");
        Assert.Contains("error: ", Error, StringComparison.Ordinal);
        foreach (var word in words)
        {
            Assert.Contains(word, Error, StringComparison.Ordinal);
        }

        return this;
    }
}
