using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.DuckDb.Files;

/// <summary>Collects the keys of JSON objects, line by line, and checks that each line is an object.</summary>
internal sealed class JsonKeys
{
    private const int LongestShown = 200;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1000 };

    private readonly List<JsonKey> _keys = [];
    private readonly Dictionary<string, JsonKey> _byName = new(StringComparer.Ordinal);

    /// <summary>The keys in the order in which they were met.</summary>
    public IReadOnlyList<JsonKey> All => _keys;

    /// <summary>Looks at a line.</summary>
    /// <param name="text">The line, UTF-8.</param>
    /// <param name="line">Its 1-based number.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? Add(ReadOnlySpan<byte> text, int line)
    {
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            return null;
        }

        if (!Utf8.IsValid(text))
        {
            return "the line is not UTF-8";
        }

        try
        {
            var reader = new Utf8JsonReader(text, Options);
            reader.Read();
            var problem =
                reader.TokenType == JsonTokenType.StartObject
                    ? Object(ref reader, text, line)
                    : "the line is no JSON object";
            // What follows the object throws.
            while (problem is null && reader.Read()) { }
            return problem;
        }
        catch (JsonException malformed)
        {
            return $"the line is no JSON object: {ReasonOf(malformed)}";
        }
    }

    private string? Object(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int line)
    {
        // Most lines have the keys of the line before, in the same order.
        for (var place = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; place++)
        {
            var key =
                place < _keys.Count && reader.ValueTextEquals(_keys[place].Utf8) ? _keys[place] : Find(ref reader);
            if (key.Line == line)
            {
                return $"the object has the key '{key.Name}' twice";
            }

            if (key.Name.Length == 0)
            {
                return "the object has a key without a name";
            }

            key.Line = line;
            reader.Read();
            var kind = reader.TokenType switch
            {
                JsonTokenType.Null => JsonKinds.None,
                JsonTokenType.Number => JsonKinds.Number,
                JsonTokenType.True or JsonTokenType.False => JsonKinds.Truth,
                _ => JsonKinds.Other,
            };
            var begin = (int)reader.TokenStartIndex;
            reader.Skip();
            if ((key.Kinds | kind) != key.Kinds)
            {
                key.Kinds |= kind;
                key.Firsts.Add(First(kind, text[begin..(int)reader.BytesConsumed], line));
            }
        }

        return null;
    }

    private static SqlFileValue First(JsonKinds kind, ReadOnlySpan<byte> value, int line) =>
        new(
            kind switch
            {
                JsonKinds.Number => ColumnKind.Double,
                JsonKinds.Truth => ColumnKind.Boolean,
                _ => ColumnKind.String,
            },
            line,
            Encoding.UTF8.GetString(value[..Math.Min(value.Length, LongestShown)])
        );

    private JsonKey Find(ref Utf8JsonReader reader)
    {
        var name = reader.GetString()!;
        if (!_byName.TryGetValue(name, out var key))
        {
            _byName[name] = key = new JsonKey(name);
            _keys.Add(key);
        }

        return key;
    }

    // The position follows the reason: "… LineNumber: 0 | BytePositionInLine: 7."
    private static string ReasonOf(JsonException malformed)
    {
        var end = malformed.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? malformed.Message : malformed.Message[..end]).TrimEnd('.');
    }
}
