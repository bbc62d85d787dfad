namespace Sluice.Cli.Commands.Tasks;

/// <summary>Ends a task early: for a signal, a command, or since whoever started it is gone.</summary>
internal sealed class TaskStop : IDisposable
{
    private readonly CancellationTokenSource _stop;

    /// <summary>Begins to listen.</summary>
    /// <param name="cancellationToken">The signals.</param>
    public TaskStop(CancellationToken cancellationToken) =>
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    public CancellationToken Token => _stop.Token;

    /// <summary>Why it was ended; null where it was not, or by a signal.</summary>
    public string? Reason { get; private set; }

    /// <summary>For <c>sluice extract stop</c>.</summary>
    public void ByCommand() => Cancel("stopped by 'sluice extract stop'.");

    /// <summary>When the standard input ends; what does not stop within <see cref="App.TimeToStop"/> is left.</summary>
    public void AfterStandardInput() =>
        // A thread of its own: it waits for as long as the task works.
        new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            var ignored = new byte[256];
            while (input.Read(ignored) > 0) { }
            Cancel("stopped: whoever started the task is gone.");
            using var never = new ManualResetEventSlim();
            never.Wait(App.TimeToStop);
            Environment.Exit(FailureReport.WriteCut(App.TimeToStop));
        })
        {
            IsBackground = true,
        }.Start();

    public void Dispose() => _stop.Dispose();

    private void Cancel(string reason)
    {
        Reason = reason;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The task has ended just now.
        }
    }
}
