using System.Text;

namespace Sluice.Tests.Funnels;

/// <summary>Walks through one line of a case.</summary>
internal sealed class CaseScanner(string text)
{
    private int _at;

    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _at == text.Length;
        }
    }

    public bool Skip(char sign)
    {
        if (_at == text.Length || text[_at] != sign)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>What stands before any of the signs, trimmed; a text in quotes is taken whole.</summary>
    public (string Text, bool Quoted) Until(string signs)
    {
        if (Skip('"'))
        {
            return (Quoted(), true);
        }

        var start = _at;
        while (_at < text.Length && !signs.Contains(text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        return (text[start.._at].Trim(), false);
    }

    /// <summary>What stands between here and the next brace, which is left behind.</summary>
    public IEnumerable<T> Braced<T>(Func<T> read)
    {
        while (!SkipAfterBlanks('}'))
        {
            yield return read();
            SkipAfterBlanks(',');
        }
    }

    public bool SkipAfterBlanks(char sign)
    {
        SkipBlanks();
        return Skip(sign) || (_at == text.Length ? throw Wrong($"'{sign}' is missing") : false);
    }

    public FormatException Wrong(string problem) => new($"{problem} in '{text}', column {_at + 1}.");

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private string Quoted()
    {
        var quoted = new StringBuilder();
        while (!Skip('"'))
        {
            Skip('\\');
            quoted.Append(_at < text.Length ? text[_at++] : throw Wrong("A quote is missing"));
        }

        return quoted.ToString();
    }
}
