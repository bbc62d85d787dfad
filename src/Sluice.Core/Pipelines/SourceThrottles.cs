using Sluice.Core.Extraction;
using Sluice.Core.Extraction.Throttling;

namespace Sluice.Core.Pipelines;

/// <summary>The throttles of a run: one for each source, from its first load to the end of the run. For one task at a time.</summary>
internal sealed class SourceThrottles(ExtractPorts ports, TimeProvider clock, Action<string> note) : IAsyncDisposable
{
    private readonly Dictionary<string, IThrottle> _throttles = new(StringComparer.Ordinal);

    public async Task<IThrottle> GetAsync(SourceDefinition source, CancellationToken cancellationToken)
    {
        if (!_throttles.TryGetValue(source.Name, out var throttle))
        {
            throttle = source.Throttle.IsFree
                ? Throttle.None
                : await SourceThrottle.StartAsync(
                    source,
                    ports.Sources,
                    ports.FileExists,
                    clock,
                    new Relay<ThrottleState>(state => note($"{source.Name}: {Words(state)}")),
                    cancellationToken
                );
            _throttles[source.Name] = throttle;
        }

        return throttle;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var throttle in _throttles.Values)
        {
            await throttle.DisposeAsync();
        }
    }

    /// <summary>What a throttle does, in words; null where it does nothing worth a word.</summary>
    public static string Words(ThrottleState state)
    {
        var what =
            state.IsPaused ? "paused"
            : state.RowsPerSecond is { } rate ? FormattableString.Invariant($"{rate:N0} rows/s allowed")
            : "at full speed";
        return state.Reason is { } reason ? $"{what}, {reason}" : what;
    }
}
