using Sluice.Core.Reports;
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
            var column = new TableColumn(new Text(Visible(heading.TrimStart('>')))) { NoWrap = numeric };
            _table.AddColumn(numeric ? column.RightAligned() : column);
        }
    }

    public string? Title
    {
        init => _table.Title = value is null ? null : new TableTitle(Markup.Escape(value));
    }

    public void Add(params IEnumerable<string> cells) => _table.AddRow(cells.Select(cell => new Text(Visible(cell))));

    public void Write() => Terminal.Out.Write(_table);

    // Values come from anywhere: none of them moves the cursor. Their lines stay lines.
    private static string Visible(string text) =>
        string.Join('\n', text.Split('\n').Select(line => VisibleText.Of(line)));
}
