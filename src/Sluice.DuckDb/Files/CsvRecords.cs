using System.Text;

namespace Sluice.DuckDb.Files;

/// <summary>The records of a CSV text with the lines on which they begin, as DuckDB counts records: empty lines are none.</summary>
internal static class CsvRecords
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>What separates the fields: the candidate that the first record has most of, outside of quotes.</summary>
    public static char DelimiterOf(TextReader text)
    {
        var counts = new int[Delimiters.Length];
        var quoted = false;
        for (var next = text.Read(); next >= 0 && (quoted || next is not ('\n' or '\r')); next = text.Read())
        {
            quoted ^= next == '"';
            var candidate = Array.IndexOf(Delimiters, (char)next);
            if (candidate >= 0 && !quoted)
            {
                counts[candidate]++;
            }
        }

        return Delimiters[Array.IndexOf(counts, counts.Max())];
    }

    /// <summary>Reads record after record.</summary>
    /// <param name="text">The text.</param>
    /// <param name="delimiter">What separates its fields.</param>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Read(TextReader text, char delimiter)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, begin, quoted, some) = (1, 1, false, false);
        for (var next = text.Read(); next >= 0; next = text.Read())
        {
            var c = (char)next;
            var breaks = c == '\n' || (c == '\r' && text.Peek() != '\n');
            line += breaks ? 1 : 0;
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (text.Peek() == '"')
                {
                    field.Append((char)text.Read());
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                (quoted, some) = (true, true);
            }
            else if (c == delimiter)
            {
                fields.Add(field.ToString());
                field.Clear();
                some = true;
            }
            else if (breaks)
            {
                if (some || field.Length > 0)
                {
                    yield return (begin, [.. fields, field.ToString()]);
                }

                fields.Clear();
                field.Clear();
                (begin, some) = (line, false);
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (some || field.Length > 0)
        {
            yield return (begin, [.. fields, field.ToString()]);
        }
    }
}
