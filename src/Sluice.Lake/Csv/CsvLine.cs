namespace Sluice.Lake.Csv;

/// <summary>Finds lines of a file for messages: quoted fields may hold line breaks, so rows and lines differ.</summary>
internal static class CsvLine
{
    /// <summary>The 1-based line on which a row begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What separates its fields.</param>
    /// <param name="row">1 for the first row after the line of names; an empty line counts as a row.</param>
    public static int Of(string path, char delimiter, int row)
    {
        using var text = new StreamReader(path);
        var (begin, line, rows, quoted, fieldBegins) = (1, 1, 0, false, true);
        for (var next = text.Read(); next >= 0 && rows < row; next = text.Read())
        {
            // Only a quote at the beginning of a field opens it; a doubled one inside closes it and opens it again.
            var closes = next == '"' && quoted;
            quoted = !closes && (quoted || (next == '"' && fieldBegins));
            fieldBegins = !quoted && (next == delimiter || next == '\n');
            line += next == '\n' ? 1 : 0;
            if (next == '\n' && !quoted)
            {
                rows++;
                begin = line;
            }

            if (closes && text.Peek() == '"')
            {
                _ = text.Read();
                quoted = true;
            }
        }

        return begin;
    }
}
