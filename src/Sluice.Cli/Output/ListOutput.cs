namespace Sluice.Cli.Output;

/// <summary>Writes a list of like things: a table for people, CSV, or a JSON array of objects.</summary>
/// <param name="names">What their values are called.</param>
internal sealed class ListOutput(params string[] names)
{
    public void Write(IEnumerable<object?[]> rows, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Table:
                WriteTable([.. rows]);
                break;
            case OutputFormat.Csv:
                using (var output = new StreamWriter(Console.OpenStandardOutput()))
                {
                    CsvText.WriteLine(output, names);
                    foreach (var row in rows)
                    {
                        CsvText.WriteLine(output, row.Select(ValueText.Of));
                    }
                }

                break;
            case OutputFormat.Json:
                WriteJson(rows);
                break;
        }
    }

    // Bytes and counts are set to the right, and written as people read them.
    private void WriteTable(IReadOnlyList<object?[]> rows)
    {
        var table = new TextTable(
            names.Select((name, i) => (rows.Any(row => row[i] is int or long) ? ">" : "") + name.Replace('_', ' '))
        );
        foreach (var row in rows)
        {
            table.Add(
                row.Zip(
                    names,
                    (value, name) =>
                        value switch
                        {
                            null => "",
                            long bytes when name.Contains("bytes", StringComparison.Ordinal) => ValueText.Bytes(bytes),
                            int or long => ValueText.Count(
                                Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)
                            ),
                            _ => ValueText.Of(value),
                        }
                )
            );
        }

        table.Write();
    }

    private void WriteJson(IEnumerable<object?[]> rows)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = JsonText.Create(output))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                foreach (var (name, value) in names.Zip(row))
                {
                    json.WritePropertyName(name);
                    JsonText.WriteValue(json, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }
}
