using System.Diagnostics;

namespace Sluice.IntegrationTests;

/// <summary>Kills a process that does not end by itself: the test that waits for it fails, and the suite goes on.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(8));
    private readonly CancellationTokenRegistration _kill;

    public Patience(Process process) =>
        _kill = _limit.Token.Register(() =>
        {
            // It may end in the same moment.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        });

    /// <summary>Whether the process was killed for taking too long.</summary>
    public bool IsOver => _limit.IsCancellationRequested;

    public void Dispose()
    {
        _kill.Dispose();
        _limit.Dispose();
    }
}
