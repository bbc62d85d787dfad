namespace Sluice.DuckDb.Files;

/// <summary>The lines of a file of JSON objects: the engine counts only those that are not empty.</summary>
internal static class JsonLines
{
    private const int Length = 1 << 20;

    /// <summary>The 1-based numbers of the lines that hold something.</summary>
    public static IEnumerable<int> Filled(TextReader text)
    {
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return number;
            }
        }
    }

    /// <summary>Collects the keys of a file.</summary>
    /// <returns>The first line that is no object, and why; null where all are.</returns>
    public static (int Line, string Problem)? Read(string path, JsonKeys keys)
    {
        using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite,
            bufferSize: 0,
            FileOptions.SequentialScan
        );
        var (buffer, filled, line) = (new byte[Length], 0, 0);
        for (var end = false; !end; )
        {
            var read = stream.Read(buffer, filled, buffer.Length - filled);
            end = read == 0;
            var rest = buffer.AsSpan(0, filled + read);
            for (var next = NextLine(rest, end); next >= 0; next = NextLine(rest, end))
            {
                line++;
                if (keys.Add(rest[..next], line) is { } problem)
                {
                    return (line, problem);
                }

                rest = rest[Math.Min(next + 1, rest.Length)..];
            }

            filled = rest.Length;
            if (filled == buffer.Length)
            {
                // A line that is longer than the buffer.
                Array.Resize(ref buffer, checked(buffer.Length * 2));
            }
            else
            {
                rest.CopyTo(buffer);
            }
        }

        return null;
    }

    // The length of the first line; at the end of the file the rest is one.
    private static int NextLine(ReadOnlySpan<byte> bytes, bool end)
    {
        var found = bytes.IndexOf((byte)'\n');
        return found < 0 && end && !bytes.IsEmpty ? bytes.Length : found;
    }
}
