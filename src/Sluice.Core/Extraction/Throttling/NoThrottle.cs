using Sluice.Core.Tables;

namespace Sluice.Core.Extraction.Throttling;

internal sealed class NoThrottle : IThrottle
{
    public ThrottleState State { get; } = new();

    public ValueTask<ThrottleTurn> WaitAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new ThrottleTurn(RowPage.MaxRows));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
