namespace Sluice.Lake;

/// <summary>The extracts of a project that are at work, in whichever process, and the way to end them.</summary>
/// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
public sealed class RunningExtracts(string root)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Path.Combine(root, "running");

    /// <summary>Enters an extract; it leaves when what is returned is disposed, or with its process.</summary>
    /// <param name="stop">Called, once, when somebody asks it to end.</param>
    /// <returns>The entry; null where the folder cannot be written, so that nobody can ask.</returns>
    public IDisposable? Enter(Action stop)
    {
        ArgumentNullException.ThrowIfNull(stop);
        try
        {
            var isFirst = !Directory.Exists(root);
            Directory.CreateDirectory(_folder);
            return new Entry(Path.Combine(_folder, $"{Guid.NewGuid():N}.extract"), stop, isFirst ? root : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Asks all of them to end, and waits until they have.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        var running = Directory.Exists(_folder)
            ? Directory.EnumerateFiles(_folder, "*.extract").Where(IsHeld).ToList()
            : [];
        foreach (var entry in running)
        {
            await File.WriteAllBytesAsync(StopOf(entry), [], cancellationToken);
        }

        while (running.Exists(IsHeld))
        {
            await Task.Delay(BetweenLooks, cancellationToken);
        }

        foreach (var entry in running)
        {
            File.Delete(entry);
            File.Delete(StopOf(entry));
        }

        return running.Count;
    }

    private static string StopOf(string entry) => entry + ".stop";

    private static bool IsHeld(string path)
    {
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private sealed class Entry : IDisposable
    {
        private readonly FileStream _held;
        private readonly Timer _timer;
        private readonly Action _stop;
        private int _asked;

        private readonly string? _ownRoot;

        public Entry(string path, Action stop, string? ownRoot)
        {
            (_stop, _ownRoot) = (stop, ownRoot);
            _held = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            _timer = new Timer(_ => Look(), null, BetweenLooks, BetweenLooks);
        }

        public void Dispose()
        {
            _timer.Dispose();
            var path = _held.Name;
            _held.Dispose();
            File.Delete(path);
            if (_ownRoot is not null && Directory.EnumerateFileSystemEntries(_ownRoot).Count() == 1)
            {
                // The run was refused: it leaves nothing.
                Directory.Delete(Path.GetDirectoryName(path)!);
                Directory.Delete(_ownRoot);
            }
        }

        private void Look()
        {
            if (File.Exists(StopOf(_held.Name)) && Interlocked.Exchange(ref _asked, 1) == 0)
            {
                _stop();
            }
        }
    }
}
