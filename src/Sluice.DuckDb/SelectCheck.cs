using System.Globalization;
using System.Text.Json;

namespace Sluice.DuckDb;

/// <summary>Reads DuckDB's own parse of a statement: only SELECTs can be serialized.</summary>
internal static class SelectCheck
{
    // A sum or a nested query is as deep as the user wrote it.
    public static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>What is wrong with the statement, and on which line where that is known; null where nothing is.</summary>
    /// <param name="serialized">The answer of <c>json_serialize_sql</c>.</param>
    /// <param name="statement">The statement, for the line of an error.</param>
    public static (string Message, int? Line)? ProblemOf(string serialized, string statement)
    {
        using var json = JsonDocument.Parse(serialized, AnyDepth);
        var root = json.RootElement;
        if (!root.GetProperty("error").GetBoolean())
        {
            return root.GetProperty("statements").GetArrayLength() switch
            {
                1 => null,
                0 => ("there is no statement.", null),
                _ => ("there are several statements; one SELECT is wanted.", null),
            };
        }

        if (root.GetProperty("error_type").GetString() != "parser")
        {
            return ("only a SELECT can be run here; nothing was changed.", null);
        }

        var message = root.GetProperty("error_message").GetString()!;
        return
            root.TryGetProperty("position", out var position)
            && int.TryParse(position.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            ? (message, 1 + statement.AsSpan(0, Math.Min(at, statement.Length)).Count('\n'))
            : (message, null);
    }
}
