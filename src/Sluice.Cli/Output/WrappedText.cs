using Spectre.Console;

namespace Sluice.Cli.Output;

/// <summary>Lines of text, broken at blanks so that they can be read on a narrow terminal.</summary>
internal static class WrappedText
{
    private const int Widest = 110;

    /// <summary>Writes one paragraph.</summary>
    /// <param name="console">Where.</param>
    /// <param name="text">The text; without control characters.</param>
    /// <param name="indent">Before the first line.</param>
    /// <param name="hanging">Before the others.</param>
    public static void Write(IAnsiConsole console, string text, string indent, string hanging)
    {
        var width = Math.Min(Widest, console.Profile.Width);
        var line = indent;
        var isEmpty = true;
        foreach (var word in text.Split(' '))
        {
            if (!isEmpty && line.GetCellWidth() + 1 + word.GetCellWidth() > width)
            {
                console.Profile.Out.Writer.WriteLine(line.TrimEnd());
                (line, isEmpty) = (hanging, true);
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        console.Profile.Out.Writer.WriteLine(line.TrimEnd());
    }
}
