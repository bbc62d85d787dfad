using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Core.Models.Artifacts;

/// <summary>Finds a value in an artifact.</summary>
internal static partial class ArtifactPath
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The value at a path of keys and places, with slashes between; <c>*</c> at the end of a key stands for the rest of it.</summary>
    public static JsonElement At(JsonElement root, string path)
    {
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            root =
                root.ValueKind == JsonValueKind.Array
                    ? root[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]
                : part.EndsWith('*')
                    ? root.EnumerateObject()
                        .Single(key => key.Name.StartsWith(part[..^1], StringComparison.Ordinal))
                        .Value
                : root.GetProperty(part);
        }

        return root;
    }

    /// <summary>The value as it is written; nothing for null.</summary>
    public static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? "" : JsonSerializer.Serialize(value, Plain);

    /// <summary>The text with a star for each hash of a test.</summary>
    public static string WithoutHashes(string text) => Hash().Replace(text, ".*");

    [GeneratedRegex(@"\.[0-9a-f]{10}(?="")", RegexOptions.None, 1000)]
    private static partial Regex Hash();
}
