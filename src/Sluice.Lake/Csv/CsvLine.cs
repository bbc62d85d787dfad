using System.Text.Unicode;

namespace Sluice.Lake.Csv;

/// <summary>Finds lines of a file for messages: quoted fields may hold line breaks, so rows and lines differ.</summary>
internal static class CsvLine
{
    /// <summary>The 1-based line on which a row begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">1 for the first row after the line of names; an empty line counts as a row.</param>
    public static int Of(string path, int row)
    {
        using var text = new StreamReader(path);
        var (begin, line, rows, quoted) = (1, 0, 0, false);
        while (text.ReadLine() is { } read)
        {
            line++;
            begin = quoted ? begin : line;
            // A doubled quote inside quotes closes and opens again: an odd number is left open.
            quoted ^= read.AsSpan().Count('"') % 2 == 1;
            if (!quoted && rows++ == row)
            {
                break;
            }
        }

        return begin;
    }

    /// <summary>The 1-based line of the first byte that is no UTF-8.</summary>
    public static int FirstThatIsNotUtf8(string path)
    {
        using var bytes = new BufferedStream(File.OpenRead(path));
        var line = new List<byte>();
        var number = 1;
        for (var next = bytes.ReadByte(); next >= 0; next = bytes.ReadByte())
        {
            line.Add((byte)next);
            if (next != '\n')
            {
                continue;
            }

            if (!Utf8.IsValid(line.ToArray()))
            {
                break;
            }

            line.Clear();
            number++;
        }

        return number;
    }
}
