namespace Sluice.Tests.Core.Scheduling.Service;

/// <summary>A clock that someone sets: its time of day jumps, and what it measures goes on as before.</summary>
/// <param name="clock">The right time.</param>
internal sealed class SetClock(TimeProvider clock) : TimeProvider
{
    /// <summary>How wrong it is.</summary>
    public TimeSpan Offset { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
