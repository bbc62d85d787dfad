using System.Globalization;
using System.Text;

namespace Sluice.Cli.Scheduling;

/// <summary>The log of a try: lines with their time, written as they come.</summary>
/// <param name="file">The file.</param>
/// <param name="clock">The time.</param>
internal sealed class TaskLog(Stream file, TimeProvider clock) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(file, new UTF8Encoding(false)) { AutoFlush = true };

    public void Write(string line)
    {
        lock (_gate)
        {
            _writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {line}")
            );
        }
    }

    /// <summary>Writes what comes from a reader, to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="also">Told each line.</param>
    public async Task CopyAsync(StreamReader reader, Action<string>? also = null)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Write(line);
            also?.Invoke(line);
        }
    }

    public void Dispose() => _writer.Dispose();
}
