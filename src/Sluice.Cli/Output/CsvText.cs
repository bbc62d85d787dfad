namespace Sluice.Cli.Output;

/// <summary>Lines of CSV as RFC 4180 has them, with line feeds.</summary>
internal static class CsvText
{
    public static void WriteLine(TextWriter output, IEnumerable<string> fields)
    {
        var line = string.Join(',', fields.Select(Quote));
        // A line of one empty field would be an empty line, which readers pass over.
        output.Write(line.Length == 0 ? "\"\"" : line);
        output.Write('\n');
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
