using Sluice.Core.Extraction.Throttling;

namespace Sluice.Tests.Core.Extraction.Throttling;

public sealed class FifoGateTests
{
    private readonly FifoGate _gate = new();

    [Fact]
    public async Task Who_waits_longest_is_next()
    {
        await _gate.EnterAsync(default);
        var waiting = Enumerable.Range(0, 20).Select(_ => _gate.EnterAsync(default).AsTask()).ToList();

        foreach (var next in waiting)
        {
            Assert.All(waiting.SkipWhile(other => other != next), other => Assert.False(other.IsCompleted));
            _gate.Leave();
            await next;
        }

        _gate.Leave();
        await _gate.EnterAsync(default);
    }

    [Fact]
    public async Task Who_gives_up_is_passed_over()
    {
        using var givesUp = new CancellationTokenSource();
        await _gate.EnterAsync(default);
        var first = _gate.EnterAsync(givesUp.Token).AsTask();
        var second = _gate.EnterAsync(default).AsTask();

        await givesUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _gate.Leave();

        await second;
    }
}
