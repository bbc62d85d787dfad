using System.Runtime.ExceptionServices;
using System.Text;

namespace Sluice.Cli.Scheduling;

/// <summary>Reads both outputs of a child process line by line; however long a line is, it takes little memory.</summary>
internal sealed class ChildOutput : IDisposable
{
    /// <summary>The most characters of a line that are kept together: what follows comes as a line of its own.</summary>
    public const int LongestLine = 32_768;

    // What the child wrote before it ended is in the pipe, and is read in no time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Where what it left behind goes on to write.
    private const int MostWaits = 10;

    private readonly CancellationTokenSource _leave = new();
    private readonly Task _copied;
    private long _lines;

    /// <summary>Begins to read.</summary>
    /// <param name="process">The child.</param>
    /// <param name="output">Gets the lines of its output.</param>
    /// <param name="error">Gets the lines of its error output.</param>
    public ChildOutput(ProcessGroup process, Action<string> output, Action<string> error) =>
        _copied = Task.WhenAll(
            CopyAsync(process.Output, Counted(output), _leave.Token),
            CopyAsync(process.Error, Counted(error), _leave.Token)
        );

    /// <summary>Reads to the end, once the child has ended; not for ever, since what it left behind may hold its output open.</summary>
    /// <returns>Whether the end was found.</returns>
    public async Task<bool> EndAsync()
    {
        for (var waits = 0; waits < MostWaits; waits++)
        {
            var before = Interlocked.Read(ref _lines);
            if (await Task.WhenAny(_copied, Task.Delay(Patience, TimeProvider.System)) == _copied)
            {
                await _copied;
                return true;
            }

            if (Interlocked.Read(ref _lines) == before)
            {
                break;
            }
        }

        await _leave.CancelAsync();
        // What has come is told before whoever listens is gone.
        await Task.WhenAny(_copied, Task.Delay(Patience, TimeProvider.System));
        return false;
    }

    public void Dispose() => _leave.Dispose();

    /// <summary>Reads lines to the end, or until it is told to leave the rest.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="line">Gets each line, or piece of one.</param>
    /// <param name="leave">Tells it.</param>
    /// <exception cref="Exception">What <paramref name="line"/> threw first; told at the end.</exception>
    internal static async Task CopyAsync(TextReader reader, Action<string> line, CancellationToken leave)
    {
        Exception? failure = null;
        var buffer = new char[4_096];
        var begun = new StringBuilder();
        var afterReturn = false;
        while (await ReadAsync(reader, buffer, leave) is > 0 and var count)
        {
            foreach (var character in buffer.AsSpan(0, count))
            {
                var isSecondHalf = afterReturn && character == '\n';
                afterReturn = character == '\r';
                if (isSecondHalf)
                {
                    continue;
                }

                if (character is '\r' or '\n')
                {
                    Tell();
                    continue;
                }

                // A character of two halves stays whole.
                if (begun.Length >= LongestLine && !char.IsLowSurrogate(character))
                {
                    Tell();
                }

                begun.Append(character);
            }
        }

        if (begun.Length > 0)
        {
            Tell();
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        void Tell()
        {
            try
            {
                line(begun.ToString());
            }
            catch (Exception notTaken)
            {
                // It is read all the same: the child would wait for ever for someone to read it.
                failure ??= notTaken;
            }

            begun.Clear();
        }
    }

    private Action<string> Counted(Action<string> line) =>
        text =>
        {
            Interlocked.Increment(ref _lines);
            line(text);
        };

    private static async Task<int> ReadAsync(TextReader reader, char[] buffer, CancellationToken leave)
    {
        try
        {
            return await reader.ReadAsync(buffer, leave);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
