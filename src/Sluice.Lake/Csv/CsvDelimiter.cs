namespace Sluice.Lake.Csv;

/// <summary>Finds what separates the fields: the candidate that the first line has most of, outside of quotes.</summary>
internal static class CsvDelimiter
{
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The separator; a comma where the line has none.</summary>
    public static char Of(string path)
    {
        using var text = new StreamReader(path);
        var counts = new int[Candidates.Length];
        var quoted = false;
        for (var next = text.Read(); next >= 0 && (quoted || next is not ('\n' or '\r')); next = text.Read())
        {
            quoted ^= next == '"';
            var candidate = Array.IndexOf(Candidates, (char)next);
            if (candidate >= 0 && !quoted)
            {
                counts[candidate]++;
            }
        }

        return Candidates[Array.IndexOf(counts, counts.Max())];
    }
}
