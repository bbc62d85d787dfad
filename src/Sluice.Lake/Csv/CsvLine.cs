namespace Sluice.Lake.Csv;

/// <summary>Finds the line on which a row begins: quoted fields may hold line breaks, so rows and lines differ.</summary>
internal static class CsvLine
{
    /// <summary>The 1-based line of a row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="row">1 for the first row after the line of names.</param>
    public static int Of(string path, int row)
    {
        using var text = new StreamReader(path);
        var (line, record, begin, quoted, blank) = (1, 0, 1, false, true);
        for (var next = text.Read(); next >= 0; next = text.Read())
        {
            quoted ^= next == '"';
            if (next != '\n')
            {
                blank &= next == '\r';
                continue;
            }

            line++;
            // Empty lines between rows are no rows.
            if (!quoted && !blank)
            {
                record++;
                begin = line;
            }
            else if (!quoted)
            {
                begin = line;
            }

            blank = true;
            if (record == row && begin == line)
            {
                return begin;
            }
        }

        return begin;
    }
}
