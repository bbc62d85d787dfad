namespace Sluice.Lake.Csv;

/// <summary>Finds the line on which a row begins: quoted fields may hold line breaks, and empty lines are no rows.</summary>
internal static class CsvLine
{
    /// <summary>The 1-based line of a row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">1 for the first row after the line of names.</param>
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
            if (!quoted && read.Length > 0 && rows++ == row)
            {
                break;
            }
        }

        return begin;
    }
}
