namespace Sluice.DuckDb.Files;

/// <summary>The quotes of a CSV file.</summary>
/// <param name="Any">Whether there is one.</param>
/// <param name="OpenedAt">
/// The 1-based line of a quote that is open at the end of the file; null where all are closed. The engine leaves such a row
/// out and says nothing.
/// </param>
internal readonly record struct CsvQuotes(bool Any, int? OpenedAt)
{
    private const int Length = 1 << 20;

    /// <summary>Reads the whole file.</summary>
    public static CsvQuotes Look(string path, char delimiter)
    {
        using var stream = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite,
            bufferSize: 0,
            FileOptions.SequentialScan
        );
        var buffer = new byte[Length];
        var state = new State(delimiter);
        for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            state.Add(buffer.AsSpan(0, read));
        }

        return new(state.Any, state.Open ? state.OpenedAt : null);
    }

    private sealed class State(char delimiter)
    {
        private int _line = 1;
        private bool _closed;
        private bool _begins = true;

        public bool Any { get; private set; }

        public bool Open { get; private set; }

        public int OpenedAt { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            if (!Any && !bytes.Contains((byte)'"'))
            {
                _line += bytes.Count((byte)'\n');
                _begins = IsBreak(bytes[^1]);
                return;
            }

            foreach (var c in bytes)
            {
                if (c == '"')
                {
                    Quote();
                    continue;
                }

                _line += c == '\n' ? 1 : 0;
                _closed = false;
                _begins = !Open && IsBreak(c);
            }
        }

        // A quote opens at the beginning of a field; one that follows its end at once was doubled, and opens it again.
        private void Quote()
        {
            Any = true;
            if (Open)
            {
                (Open, _closed) = (false, true);
            }
            else if (_begins || _closed)
            {
                OpenedAt = _closed ? OpenedAt : _line;
                (Open, _closed, _begins) = (true, false, false);
            }
        }

        private bool IsBreak(byte c) => c == delimiter || c is (byte)'\n' or (byte)'\r';
    }
}
