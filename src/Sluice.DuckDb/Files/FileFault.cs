using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Sql;

namespace Sluice.DuckDb.Files;

/// <summary>Says what is wrong with a user's file, where, and what to do.</summary>
internal static partial class FileFault
{
    private const string HintForEncoding = "Convert the file, for example: iconv -f latin1 -t utf8 FILE.";

    /// <summary>What a failure of the engine means; null where it is not about the file.</summary>
    public static PipelineException? Of(Exception failure, SqlFile file)
    {
        var message = failure.Message;
        return message.Contains("No files found that match", StringComparison.Ordinal)
            ? new(
                $"The file '{file.Name}' is gone, or the engine cannot take the characters of its name together.",
                failure
            )
            {
                Hint = "Give it a name without brackets and backslashes.",
            }
            : file.Format switch
            {
                SqlFileFormat.Csv when message.Contains("CSV", StringComparison.Ordinal) => OfCsv(failure, file),
                SqlFileFormat.JsonLines when message.Contains("JSON", StringComparison.OrdinalIgnoreCase) => new(
                    $"{file.Name}: the file cannot be read as JSON lines: {FirstLine(message)}",
                    failure
                ),
                SqlFileFormat.Parquet when message.Contains(file.Path, StringComparison.Ordinal) => OfParquet(
                    failure,
                    file
                ),
                _ => null,
            };
    }

    /// <summary>What bytes mean that are no text.</summary>
    public static PipelineException NotUtf8(SqlFile file, Exception failure)
    {
        using var bytes = File.OpenRead(file.Path);
        return new($"{file.Name}:{Utf8Lines.FirstBad(bytes)}: the line is not UTF-8.", failure)
        {
            Hint = HintForEncoding,
        };
    }

    /// <summary>What a quote means that has no end.</summary>
    public static PipelineException Quote(string where, Exception? failure = null) =>
        new($"{where}: a quote is not closed, or something follows it in its field.", failure)
        {
            Hint = "Put quotes around the field and double the quotes inside it.",
        };

    /// <summary>What is wrong with a line of JSON.</summary>
    public static PipelineException JsonLine(SqlFile file, int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{line}: {problem}."))
        {
            Hint = problem.EndsWith("UTF-8", StringComparison.Ordinal)
                ? HintForEncoding
                : "Write one JSON object per line; jq -c . FILE does it, and jq -c '.[]' FILE for an array.",
        };

    /// <summary>Opens the text; bytes that are no UTF-8 throw.</summary>
    public static StreamReader OpenText(string path) =>
        new(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    private static PipelineException OfCsv(Exception failure, SqlFile file)
    {
        var message = failure.Message;
        var line = CsvLine().Match(message) is { Success: true } found ? $":{found.Groups["line"].Value}" : "";
        if (message.Contains("Invalid unicode", StringComparison.OrdinalIgnoreCase))
        {
            return NotUtf8(file, failure);
        }

        if (CsvFields().Match(message) is { Success: true } fields)
        {
            return new(
                $"{file.Name}{line}: the row has {fields.Groups["fields"].Value} fields and the first line {fields.Groups["names"].Value}.",
                failure
            )
            {
                Hint = $"Put quotes around a field that holds '{file.Delimiter}' or a line break.",
            };
        }

        if (message.Contains("unterminated quote", StringComparison.Ordinal))
        {
            return Quote($"{file.Name}{line}", failure);
        }

        if (message.Contains("invalid state", StringComparison.Ordinal))
        {
            return new($"{file.Name}: some lines end with CR LF and others with LF, or quotes are broken.", failure)
            {
                Hint = "Make all lines end alike, for example: sed -i 's/\\r$//' FILE.",
            };
        }

        return message.Contains("Maximum line size", StringComparison.OrdinalIgnoreCase)
            ? new($"{file.Name}{line}: the row is longer than 16 MB.", failure)
            {
                Hint = "Look for a quote that is never closed.",
            }
            : new($"{file.Name}{line}: the file cannot be read as CSV: {FirstLine(message)}", failure);
    }

    private static PipelineException OfParquet(Exception failure, SqlFile file) =>
        new(
            $"{file.Name}: the file is no complete Parquet file: {FirstLine(failure.Message).Replace(file.Path, file.Name, StringComparison.Ordinal)}",
            failure
        )
        {
            Hint = "Write or copy it again.",
        };

    private static string FirstLine(string message) => message.Split('\n', 2)[0];

    [GeneratedRegex(@"CSV Error on Line: (?<line>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CsvLine();

    [GeneratedRegex(
        @"Expected Number of Columns: (?<names>\d+) Found: (?<fields>\d+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex CsvFields();
}
