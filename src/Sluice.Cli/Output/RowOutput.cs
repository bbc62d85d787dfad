using System.Data.Common;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Sql;

namespace Sluice.Cli.Output;

/// <summary>Writes the rows of a query; CSV and JSON stream, a table keeps to what a person can read.</summary>
internal static class RowOutput
{
    private const int TableRows = 1_000;

    public static async Task WriteAsync(SqlResult result, OutputFormat format, CancellationToken cancellationToken)
    {
        switch (format)
        {
            case OutputFormat.Table:
                await WriteTableAsync(result, cancellationToken);
                break;
            case OutputFormat.Csv:
                await WriteCsvAsync(result, Console.OpenStandardOutput(), cancellationToken);
                break;
            case OutputFormat.Json:
                await WriteJsonAsync(result, Console.OpenStandardOutput(), cancellationToken);
                break;
        }
    }

    private static async Task WriteTableAsync(SqlResult result, CancellationToken cancellationToken)
    {
        var rows = result.Rows;
        var table = new TextTable(
            Columns(rows)
                .Select(column =>
                    (result.Kinds[column] == ResultKind.Number || IsNumber(rows.GetFieldType(column)) ? ">" : "")
                    + rows.GetName(column)
                )
        );
        var count = 0L;
        while (await result.ReadAsync(cancellationToken))
        {
            if (++count <= TableRows)
            {
                table.Add(
                    Columns(rows).Select(column => rows.IsDBNull(column) ? "null" : ValueText.Of(Value(rows, column)))
                );
            }
        }

        table.Write();
        if (count > TableRows)
        {
            Console.Error.WriteLine(
                $"{ValueText.Count(count)} rows; the first {ValueText.Count(TableRows)} are shown. --format csv or json writes all."
            );
        }
    }

    /// <summary>Writes all rows as CSV, and closes the output.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<long> WriteCsvAsync(SqlResult result, Stream to, CancellationToken cancellationToken)
    {
        var (rows, count) = (result.Rows, 0L);
        await using var output = new StreamWriter(to);
        CsvText.WriteLine(output, Columns(rows).Select(rows.GetName));
        while (await result.ReadAsync(cancellationToken))
        {
            CsvText.WriteLine(output, Columns(rows).Select(column => ValueText.Of(Value(rows, column))));
            count++;
        }

        return count;
    }

    /// <summary>Writes all rows as an array of JSON objects, and closes the output.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<long> WriteJsonAsync(SqlResult result, Stream to, CancellationToken cancellationToken)
    {
        var (rows, count) = (result.Rows, 0L);
        const int FlushBytes = 1 << 16;
        await using var output = to;
        await using (var json = JsonText.Create(output))
        {
            json.WriteStartArray();
            while (await result.ReadAsync(cancellationToken))
            {
                json.WriteStartObject();
                foreach (var column in Columns(rows))
                {
                    json.WritePropertyName(rows.GetName(column));
                    WriteJson(json, Value(rows, column), result.Kinds[column]);
                }

                json.WriteEndObject();
                count++;
                if (json.BytesPending > FlushBytes)
                {
                    await json.FlushAsync(cancellationToken);
                }
            }

            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
        return count;
    }

    /// <summary>The current row as a line of text.</summary>
    public static string LineOf(SqlResult result) =>
        string.Join('\t', Columns(result.Rows).Select(column => ValueText.Of(Value(result.Rows, column))));

    // The driver gives an instant as a DateTime like any other; the column's type tells that it is UTC.
    private static object? Value(DbDataReader rows, int column) =>
        Read(rows, column) switch
        {
            DBNull => null,
            DateTime time when rows.GetDataTypeName(column) == "TimestampTz" => new DateTimeOffset(
                time.Ticks,
                TimeSpan.Zero
            ),
            var value => value,
        };

    // Infinity, and years before the first or after 9999.
    private static object Read(DbDataReader rows, int column)
    {
        try
        {
            return rows.GetValue(column);
        }
        catch (Exception unfit)
            when (unfit is ArgumentException or InvalidCastException or OverflowException or InvalidOperationException)
        {
            throw new PipelineException(
                $"The column '{rows.GetName(column)}' holds a value that cannot be shown: {unfit.Message}",
                unfit
            )
            {
                Hint = $"Cast it: cast({rows.GetName(column)} as varchar).",
            };
        }
    }

    private static void WriteJson(Utf8JsonWriter json, object? value, ResultKind kind)
    {
        if (value is string text && kind != ResultKind.Plain)
        {
            json.WriteRawValue(text);
        }
        else
        {
            JsonText.WriteValue(json, value);
        }
    }

    private static IEnumerable<int> Columns(DbDataReader rows) => Enumerable.Range(0, rows.FieldCount);

    private static bool IsNumber(Type type) =>
        type.IsPrimitive && type != typeof(bool)
        || type == typeof(decimal)
        || type == typeof(System.Numerics.BigInteger);
}
