namespace Sluice.Cli.Output;

/// <summary>Lines of CSV as RFC 4180 has them, with line feeds.</summary>
internal static class CsvText
{
    public static void WriteLine(TextWriter output, IEnumerable<string> fields)
    {
        output.Write(string.Join(',', fields.Select(Quote)));
        output.Write('\n');
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
