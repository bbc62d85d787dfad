using Sluice.Core.Reports;
using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>A table that leaves columns out, and cuts texts, until it fits the terminal: its lines are never broken.</summary>
internal static class FittedTable
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int NarrowestBar = 8;
    private const int WidestBar = 24;
    private const int NarrowestText = 8;

    public static void Write(IAnsiConsole console, params IEnumerable<FittedColumn> columns)
    {
        var shown = columns.ToList();
        while (
            Width(shown, console.Profile.Width) > console.Profile.Width
            && shown.Max(column => column.Rank) is > 0 and var rank
        )
        {
            shown.RemoveAt(shown.FindLastIndex(column => column.Rank == rank));
        }

        var spare = console.Profile.Width - Width(shown, console.Profile.Width);
        List<(FittedColumn Column, int Width)> sized =
        [
            .. shown.Select(column =>
                (
                    column,
                    column.Bars is null
                        ? Natural(column, console.Profile.Width)
                        : Math.Min(WidestBar, Natural(column, console.Profile.Width) + Math.Max(0, spare))
                )
            ),
        ];
        for (var i = 0; i < sized.Count; i++)
        {
            if (spare < 0 && !sized[i].Column.IsNumber && sized[i].Column.Bars is null)
            {
                var narrow = Math.Max(Math.Min(NarrowestText, sized[i].Width), sized[i].Width + spare);
                spare += sized[i].Width - narrow;
                sized[i] = (sized[i].Column, narrow);
            }
        }

        WriteLine(console, sized.Select(column => Set(column.Column.Heading, column.Width, column.Column.IsNumber)));
        WriteLine(console, sized.Select(column => new string('─', column.Width)));
        for (var row = 0; row < shown.Max(column => column.Bars?.Count ?? column.Cells.Count); row++)
        {
            WriteLine(
                console,
                sized.Select(column =>
                    column.Column.Bars is { } bars
                        ? Bar(bars[row], column.Width)
                        : Set(column.Column.Cells[row], column.Width, column.Column.IsNumber)
                )
            );
        }
    }

    /// <summary>A bar of a share of the width, to an eighth of a character.</summary>
    private static string Bar(double? share, int width)
    {
        var eighths = (int)
            Math.Round(Math.Clamp(share is { } value && double.IsFinite(value) ? value : 0, 0, 1) * width * 8);
        var rest = eighths % 8;
        // The block elements of Unicode: from a full block down to an eighth of one.
        return new string('█', eighths / 8) + (rest == 0 ? "" : ((char)('█' + 8 - rest)).ToString());
    }

    private static int Width(List<FittedColumn> columns, int terminal) =>
        Indent + columns.Sum(column => Natural(column, terminal)) + (Gap * (columns.Count - 1));

    // One long value must not push all figures off the terminal.
    private static int Natural(FittedColumn column, int terminal)
    {
        if (column.Bars is not null)
        {
            return NarrowestBar;
        }

        var width = column.Cells.Append(column.Heading).Max(cell => VisibleText.Of(cell).GetCellWidth());
        return column.IsNumber ? width : Math.Min(width, Math.Max(WidestBar, terminal / 3));
    }

    private static string Set(string text, int width, bool isNumber)
    {
        var visible = VisibleText.Of(text);
        for (var length = width + 1; visible.GetCellWidth() > width && length > 1; length--)
        {
            visible = VisibleText.Of(text, length - 1);
        }

        var blanks = new string(' ', Math.Max(0, width - visible.GetCellWidth()));
        return isNumber ? blanks + visible : visible + blanks;
    }

    private static void WriteLine(IAnsiConsole console, IEnumerable<string> cells) =>
        console.Profile.Out.Writer.WriteLine(
            (new string(' ', Indent) + string.Join(new string(' ', Gap), cells)).TrimEnd()
        );
}
