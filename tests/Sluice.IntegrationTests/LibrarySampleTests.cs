using System.Diagnostics;

namespace Sluice.IntegrationTests;

/// <summary>The sample program that uses the engine as a library.</summary>
public sealed class LibrarySampleTests
{
    [Fact]
    public void It_compiles_and_counts()
    {
        var program = Path.Combine(
            Repository.Root,
            "artifacts",
            "bin",
            "Library",
            "release",
            "Sluice.Samples.Library.dll"
        );
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(
            ["search: 2, median - s", "payment: 1, median 60 s", "confirmation: 1, median 30 s", "left by a refund: 1"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }
}
