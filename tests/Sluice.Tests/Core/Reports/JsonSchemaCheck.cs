using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sluice.Tests.Core.Reports;

/// <summary>Holds a JSON value against a schema: the part of draft 2020-12 that ours uses, and an error for any other.</summary>
internal sealed class JsonSchemaCheck(JsonElement root)
{
    private readonly List<string> _problems = [];

    /// <summary>What the value breaks, by its place; nothing where it is valid.</summary>
    public static IReadOnlyList<string> Problems(JsonElement schema, JsonElement value)
    {
        var check = new JsonSchemaCheck(schema);
        check.Check(schema, value, "$");
        return check._problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            Check(keyword.Name, keyword.Value, schema, value, path);
        }
    }

    private void Check(string keyword, JsonElement wanted, JsonElement schema, JsonElement value, string path)
    {
        switch (keyword)
        {
            case "$schema" or "$id" or "$defs" or "title" or "description":
                break;
            case "$ref":
                Check(root.GetProperty("$defs").GetProperty(wanted.GetString()!["#/$defs/".Length..]), value, path);
                break;
            case "allOf":
                wanted.EnumerateArray().ToList().ForEach(part => Check(part, value, path));
                break;
            case "anyOf":
                var best = wanted
                    .EnumerateArray()
                    .Select(part => ProblemsOf(part, value, path))
                    .MinBy(part => part.Count)!;
                _problems.AddRange(best);
                break;
            case "type":
                var types = wanted.ValueKind == JsonValueKind.Array ? [.. wanted.EnumerateArray()] : new[] { wanted };
                Wrong(!types.Any(type => IsOf(type.GetString()!, value)), path, $"is no {wanted}");
                break;
            case "enum":
                Wrong(
                    !wanted.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)),
                    path,
                    $"is none of {wanted}"
                );
                break;
            case "required" when value.ValueKind == JsonValueKind.Object:
                foreach (var key in wanted.EnumerateArray())
                {
                    Wrong(!value.TryGetProperty(key.GetString()!, out _), path, $"has no {key}");
                }

                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (var property in wanted.EnumerateObject())
                {
                    if (value.TryGetProperty(property.Name, out var held))
                    {
                        Check(property.Value, held, $"{path}.{property.Name}");
                    }
                }

                break;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    if (
                        !schema.TryGetProperty("properties", out var known)
                        || !known.TryGetProperty(property.Name, out _)
                    )
                    {
                        Check(wanted, property.Value, $"{path}.{property.Name}");
                    }
                }

                break;
            case "items" when value.ValueKind == JsonValueKind.Array:
                foreach (var (i, item) in value.EnumerateArray().Index())
                {
                    Check(wanted, item, $"{path}[{i}]");
                }

                break;
            case "minItems" when value.ValueKind == JsonValueKind.Array:
                Wrong(value.GetArrayLength() < wanted.GetInt32(), path, "is too short");
                break;
            case "maxItems" when value.ValueKind == JsonValueKind.Array:
                Wrong(value.GetArrayLength() > wanted.GetInt32(), path, "is too long");
                break;
            case "minimum" when value.ValueKind == JsonValueKind.Number:
                Wrong(value.GetDouble() < wanted.GetDouble(), path, $"is below {wanted}");
                break;
            case "maximum" when value.ValueKind == JsonValueKind.Number:
                Wrong(value.GetDouble() > wanted.GetDouble(), path, $"is above {wanted}");
                break;
            case "pattern" when value.ValueKind == JsonValueKind.String:
                var pattern = new Regex(wanted.GetString()!, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
                Wrong(!pattern.IsMatch(value.GetString()!), path, $"is not like {wanted}");
                break;
            case "required" or "properties" or "additionalProperties" or "items" or "minItems" or "maxItems":
            case "minimum" or "maximum" or "pattern":
                break;
            default:
                _problems.Add($"{path}: the schema uses {keyword}, which is not checked");
                break;
        }
    }

    private List<string> ProblemsOf(JsonElement schema, JsonElement value, string path)
    {
        var check = new JsonSchemaCheck(root);
        check.Check(schema, value, path);
        return check._problems;
    }

    private void Wrong(bool isWrong, string path, string problem)
    {
        if (isWrong)
        {
            _problems.Add($"{path} {problem}");
        }
    }

    private static bool IsOf(string type, JsonElement value) =>
        (type, value.ValueKind) switch
        {
            ("object", JsonValueKind.Object) => true,
            ("array", JsonValueKind.Array) => true,
            ("string", JsonValueKind.String) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("null", JsonValueKind.Null) => true,
            ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => double.IsInteger(value.GetDouble()),
            _ => false,
        };
}
