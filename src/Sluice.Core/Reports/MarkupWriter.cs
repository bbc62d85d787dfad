using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Sluice.Core.Reports;

/// <summary>Writes XML that is also HTML: every text is escaped, and every element is closed. Not thread safe.</summary>
internal sealed class MarkupWriter
{
    // The others begin on a line of their own, so that a difference between two documents can be read.
    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        "span",
        "bdi",
        "b",
        "abbr",
        "small",
        "tspan",
        "a",
        "code"
    );

    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = [];

    public MarkupWriter Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append('>');
        _open.Push(name);
        return this;
    }

    public MarkupWriter Close()
    {
        _text.Append(CultureInfo.InvariantCulture, $"</{_open.Pop()}>");
        return this;
    }

    /// <summary>An element without content. HTML knows it only of meta, and of all within svg.</summary>
    public MarkupWriter Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Start(name, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>An element with a text in it.</summary>
    public MarkupWriter Element(
        string name,
        string text,
        params ReadOnlySpan<(string Name, string? Value)> attributes
    ) => Open(name, attributes).Text(text).Close();

    public MarkupWriter Text(string text)
    {
        foreach (var character in VisibleText.Of(text))
        {
            _ = character switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                _ => _text.Append(character),
            };
        }

        return this;
    }

    /// <summary>What is already markup: of another writer, or our own style sheet.</summary>
    public MarkupWriter Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>The document; all of its elements are closed.</summary>
    public override string ToString() =>
        _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"<{_open.Peek()}> is still open.");

    private void Start(string name, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        if (_text.Length > 0 && !Inline.Contains(name))
        {
            _text.Append('\n');
        }

        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                _text.Append(' ').Append(attribute).Append("=\"");
                Text(value);
                _text.Append('"');
            }
        }
    }
}
