using System.Runtime.InteropServices;

namespace Sluice.Cli.Scheduling;

/// <summary>The first signal asks to stop; the second, not to wait any more.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _hurry = new();
    private readonly PosixSignalRegistration[] _signals;

    public StopSignals() => _signals = [Listen(PosixSignal.SIGTERM), Listen(PosixSignal.SIGINT)];

    /// <summary>Cancelled by the first.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Cancelled by the second.</summary>
    public CancellationToken Hurry => _hurry.Token;

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
        _hurry.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                var next = _stop.IsCancellationRequested ? _hurry : _stop;
                // What follows from it is not done by the thread of signals.
                ThreadPool.QueueUserWorkItem(_ => next.Cancel());
            }
        );
}
