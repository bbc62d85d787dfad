using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Extraction.Throttling;

namespace Sluice.Tests.Core.Extraction;

/// <summary>Small pages, and a clock that goes on by ten seconds with each: every other page ends a part.</summary>
internal sealed class SmallPages(FakeTimeProvider clock, int rows = 10) : IThrottle, IDisposable
{
    private readonly Lock _lock = new();

    public ThrottleState State { get; } = new();

    public ValueTask<ThrottleTurn> WaitAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(
            new ThrottleTurn(
                rows,
                ended: _ =>
                {
                    lock (_lock)
                    {
                        clock.Advance(TimeSpan.FromSeconds(10));
                    }
                }
            )
        );

    public void Dispose() { }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
