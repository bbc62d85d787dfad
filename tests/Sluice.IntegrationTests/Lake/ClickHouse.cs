using System.Diagnostics;
using System.Text.Json;

namespace Sluice.IntegrationTests.Lake;

/// <summary>Reads the lake with ClickHouse, which shares no code with Sluice: npm's chdb, run by node.</summary>
internal static class ClickHouse
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "delta-reader");

    /// <summary>The rows of each statement, values separated by commas.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Ask(params IEnumerable<string> statements)
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Folder, "node_modules", "chdb")),
            "chdb is not installed: npm ci --prefix tests/delta-reader"
        );
        using var process = Start();
        process.StandardInput.Write(JsonSerializer.Serialize(statements));
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        using var answers = JsonDocument.Parse(output);
        return [.. answers.RootElement.EnumerateArray().Select(Rows)];
    }

    /// <summary>A table of the lake in a statement.</summary>
    public static string Table(SluiceProject project, string table) =>
        $"deltaLakeLocal('{project.TableFolder(table)}')";

    private static IReadOnlyList<string> Rows(JsonElement answer)
    {
        Assert.True(answer.ValueKind == JsonValueKind.Array, answer.ToString());
        return [.. answer.EnumerateArray().Select(row => string.Join(',', row.EnumerateArray().Select(Text)))];
    }

    private static Process Start()
    {
        try
        {
            return Process.Start(
                new ProcessStartInfo("node", ["read.mjs"])
                {
                    WorkingDirectory = Folder,
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not here.");
            throw;
        }
    }

    private static string Text(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.ToString();
}
