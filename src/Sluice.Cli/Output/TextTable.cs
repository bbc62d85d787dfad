using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>A table of texts for people. A heading that begins with <c>&gt;</c> stands over numbers, set to the right.</summary>
internal sealed class TextTable
{
    private readonly Table _table = new() { Border = TableBorder.Simple, ShowRowSeparators = false };

    public TextTable(params IEnumerable<string> headings)
    {
        foreach (var heading in headings)
        {
            var numeric = heading.StartsWith('>');
            var column = new TableColumn(new Text(heading.TrimStart('>'))) { NoWrap = numeric };
            _table.AddColumn(numeric ? column.RightAligned() : column);
        }
    }

    public string? Title
    {
        init => _table.Title = value is null ? null : new TableTitle(Markup.Escape(value));
    }

    public void Add(params IEnumerable<string> cells) => _table.AddRow(cells.Select(cell => new Text(cell)));

    public void Write() => Terminal.Out.Write(_table);
}
