using System.Text.Json;

namespace Sluice.Core.Models.Artifacts;

/// <summary>What a <c>run_results.json</c> says, for those who show it.</summary>
/// <param name="GeneratedAt">When it was written, as it says; null where it does not.</param>
/// <param name="Results">How each model and test ended, by its <c>unique_id</c>.</param>
public sealed record RunResults(string? GeneratedAt, IReadOnlyDictionary<string, RunResult> Results)
{
    /// <summary>Reads the file, whoever wrote it.</summary>
    /// <param name="content">UTF-8.</param>
    /// <exception cref="PipelineException">It is damaged.</exception>
    public static RunResults Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            var results = new Dictionary<string, RunResult>(StringComparer.Ordinal);
            foreach (var result in root.GetProperty("results").EnumerateArray())
            {
                results[result.GetProperty("unique_id").GetString()!] = new(
                    result.GetProperty("status").GetString()!,
                    Text(result, "message"),
                    result.TryGetProperty("failures", out var failures) && failures.ValueKind == JsonValueKind.Number
                        ? failures.GetInt64()
                        : null,
                    result.TryGetProperty("execution_time", out var time) ? time.GetDouble() : 0
                );
            }

            return new(
                root.TryGetProperty("metadata", out var metadata) ? Text(metadata, "generated_at") : null,
                results
            );
        }
        catch (Exception failure)
            when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new PipelineException("The last run's run_results.json is damaged.", failure)
            {
                Hint = "Remove it, or run 'sluice model', which writes it anew.",
            };
        }
    }

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
