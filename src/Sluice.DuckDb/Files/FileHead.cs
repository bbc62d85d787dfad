using Sluice.Core;
using Sluice.Core.Sql;

namespace Sluice.DuckDb.Files;

/// <summary>Tells a file's format by its extension, else by its first bytes.</summary>
internal static class FileHead
{
    private const int Length = 1 << 16;

    private static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    /// <summary>The size of the file and its format.</summary>
    /// <exception cref="PipelineException">It is not there, is empty, or cannot be events.</exception>
    public static (long Bytes, SqlFileFormat Format) Read(string name)
    {
        if (Directory.Exists(name))
        {
            throw new PipelineException($"'{name}' is a folder, and one file is wanted.");
        }

        if (!File.Exists(name))
        {
            throw new PipelineException($"The file '{name}' is not there.");
        }

        using var stream = File.OpenRead(name);
        if (!stream.CanSeek)
        {
            throw new PipelineException($"'{name}' is a stream, and a file is wanted: it is read more than once.")
            {
                Hint = "Write the events into a file first.",
            };
        }

        var head = new byte[Length];
        var bytes = head.AsSpan(0, stream.ReadAtLeast(head, Length, throwOnEndOfStream: false));
        if (bytes.IsEmpty)
        {
            throw new PipelineException($"The file '{name}' is empty.");
        }

        var format = FormatOf(name, bytes);
        if (format != SqlFileFormat.Parquet)
        {
            ThrowIfNoText(name, bytes, format);
        }

        return (stream.Length, format);
    }

    private static SqlFileFormat FormatOf(string name, ReadOnlySpan<byte> bytes) =>
        Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" => SqlFileFormat.Csv,
            ".jsonl" or ".ndjson" or ".json" => SqlFileFormat.JsonLines,
            ".parquet" => SqlFileFormat.Parquet,
            _ => bytes.StartsWith("PAR1"u8) ? SqlFileFormat.Parquet
            : WithoutMark(bytes).TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] ? SqlFileFormat.JsonLines
            : SqlFileFormat.Csv,
        };

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Mark) ? bytes[3..] : bytes;

    private static void ThrowIfNoText(string name, ReadOnlySpan<byte> bytes, SqlFileFormat format)
    {
        if (bytes is [0x1f, 0x8b, ..])
        {
            throw new PipelineException($"The file '{name}' is compressed.") { Hint = "Unpack it: gunzip FILE." };
        }

        if (bytes.StartsWith("PAR1"u8))
        {
            throw new PipelineException($"The file '{name}' is Parquet, and its name says otherwise.")
            {
                Hint = "Name it FILE.parquet.",
            };
        }

        if (format == SqlFileFormat.Csv && WithoutMark(bytes).TrimStart(" \t\r\n"u8).StartsWith("{\""u8))
        {
            throw new PipelineException($"The file '{name}' is JSON lines, and its name says otherwise.")
            {
                Hint = "Name it FILE.jsonl.",
            };
        }

        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            throw new PipelineException($"The file '{name}' is UTF-16, and UTF-8 is wanted.")
            {
                Hint = "Convert it: iconv -f utf16 -t utf8 FILE.",
            };
        }

        if (bytes.Contains((byte)0))
        {
            throw new PipelineException($"The file '{name}' is binary: neither CSV nor JSON lines nor Parquet.");
        }

        if (format == SqlFileFormat.JsonLines && WithoutMark(bytes).Length < bytes.Length)
        {
            throw new PipelineException($"The file '{name}' begins with a byte order mark, which JSON does not allow.")
            {
                Hint = "Cut it off: tail -c +4 FILE.",
            };
        }

        if (format == SqlFileFormat.JsonLines && bytes.TrimStart(" \t\r\n"u8) is [(byte)'[', ..])
        {
            throw new PipelineException($"The file '{name}' is a JSON array, and one object per line is wanted.")
            {
                Hint = "Write its objects into lines: jq -c '.[]' FILE.",
            };
        }
    }
}
