using System.Globalization;
using System.Text;

namespace Sluice.Core.Filters;

/// <summary>Goes over a JSON text once, and keeps the value of one key of the outermost object.</summary>
/// <remarks>
/// .NET's own reader refuses what DuckDB takes (NaN, a last comma) and takes what DuckDB refuses (half a surrogate pair). Nesting has
/// no limit: what is open is on a stack of its own.
/// </remarks>
/// <param name="json">The text.</param>
/// <param name="key">The key.</param>
internal sealed class JsonScanner(string json, string key)
{
    private static readonly string[] Words = ["null", "true", "false"];
    private static readonly string[] NumberWords = ["infinity", "inf", "nan"];

    private readonly Stack<char> _open = new();
    private int _at;
    private bool _wanted;
    private bool _found;
    private object? _value;

    /// <summary>The key's value; null if there is none, or if the text is no JSON.</summary>
    public object? Find() => Value() && Rest() ? _value : null;

    // After a value, up to the end: what follows in the innermost list or object.
    private bool Rest()
    {
        while (_open.TryPeek(out var inner))
        {
            var more = Take(',');
            if (Take(inner == '{' ? '}' : ']'))
            {
                _open.Pop();
            }
            else if (!more || !(inner == '{' ? Member() : Value()))
            {
                return false;
            }
        }

        Space();
        return _at == json.Length;
    }

    private bool Member() => Key() && Value();

    private bool Key()
    {
        Space();
        if (!Text(out var name) || !Take(':'))
        {
            return false;
        }

        _wanted = _open.Count == 1 && !_found && name == key;
        return true;
    }

    // A scalar, an empty list or object, or the first value of one that stays open.
    private bool Value()
    {
        while (true)
        {
            Space();
            if (_at == json.Length)
            {
                return false;
            }

            var first = json[_at];
            if (first is not ('{' or '['))
            {
                return Scalar(first, out var value) && Keep(value);
            }

            Keep(JsonProperties.Nested);
            _at++;
            if (Take(first == '{' ? '}' : ']'))
            {
                return true;
            }

            _open.Push(first);
            if (first == '{' && !Key())
            {
                return false;
            }
        }
    }

    private bool Keep(object? value)
    {
        if (_wanted)
        {
            (_wanted, _found, _value) = (false, true, value);
        }

        return true;
    }

    private bool Scalar(char first, out object? value)
    {
        value = null;
        if (first == '"')
        {
            var read = Text(out var text);
            value = text;
            return read;
        }

        var word = Array.FindIndex(Words, word => json.AsSpan(_at).StartsWith(word, StringComparison.Ordinal));
        if (word < 0)
        {
            return Number(out value);
        }

        _at += Words[word].Length;
        value = word == 0 ? null : word == 1;
        return true;
    }

    private bool Number(out object? value)
    {
        var begin = _at;
        value = null;
        var negative = Next('-');
        var special = Array.Find(
            NumberWords,
            word => json.AsSpan(_at).StartsWith(word, StringComparison.OrdinalIgnoreCase)
        );
        if (special is not null)
        {
            _at += special.Length;
            value =
                special == "nan" ? double.NaN
                : negative ? double.NegativeInfinity
                : double.PositiveInfinity;
            return true;
        }

        if (!Next('0') && !Digits())
        {
            return false;
        }

        var fraction = Next('.');
        if (fraction && !Digits())
        {
            return false;
        }

        var exponent = Next('e') || Next('E');
        if (exponent && !((Next('+') || Next('-') || true) && Digits()))
        {
            return false;
        }

        var number = json.AsSpan(begin, _at - begin);
        value =
            !fraction && !exponent && long.TryParse(number, CultureInfo.InvariantCulture, out var whole)
                ? (object)whole
                : double.Parse(number, CultureInfo.InvariantCulture);
        return true;
    }

    private bool Text(out string text)
    {
        text = "";
        if (!Next('"'))
        {
            return false;
        }

        var content = new StringBuilder();
        while (_at < json.Length && json[_at] >= ' ')
        {
            var character = json[_at++];
            if (character == '"')
            {
                text = content.ToString();
                return true;
            }

            if (character != '\\')
            {
                content.Append(character);
            }
            else if (!Escape(content))
            {
                return false;
            }
        }

        return false;
    }

    // Half a surrogate pair is no character: the other half has to follow.
    private bool Escape(StringBuilder content)
    {
        if (!Escape(out var character))
        {
            return false;
        }

        content.Append(character);
        if (!char.IsSurrogate(character))
        {
            return true;
        }

        if (!Next('\\') || !Escape(out var low) || !char.IsSurrogatePair(character, low))
        {
            return false;
        }

        content.Append(low);
        return true;
    }

    private bool Escape(out char character)
    {
        character = _at < json.Length ? json[_at++] : '\0';
        if (character == 'u')
        {
            var read = ushort.TryParse(
                json.AsSpan(_at, Math.Min(4, json.Length - _at)),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var unit
            );
            read &= json.Length - _at >= 4;
            _at += 4;
            character = (char)unit;
            return read;
        }

        var escape = "\"\\/bfnrt".IndexOf(character, StringComparison.Ordinal);
        character = escape < 0 ? '\0' : "\"\\/\b\f\n\r\t"[escape];
        return escape >= 0;
    }

    private bool Digits()
    {
        var begin = _at;
        while (_at < json.Length && char.IsAsciiDigit(json[_at]))
        {
            _at++;
        }

        return _at > begin;
    }

    private bool Take(char sign)
    {
        Space();
        return Next(sign);
    }

    private bool Next(char sign)
    {
        var there = _at < json.Length && json[_at] == sign;
        _at += there ? 1 : 0;
        return there;
    }

    private void Space()
    {
        while (_at < json.Length && json[_at] is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }
}
