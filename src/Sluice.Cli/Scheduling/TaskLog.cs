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

    public void Dispose() => _writer.Dispose();
}
