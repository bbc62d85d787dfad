using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>A task in one run. Immutable: what happens to it makes a new one.</summary>
/// <param name="State">Its state.</param>
/// <param name="Since">When it came into that state.</param>
public sealed record TaskInstance(TaskState State, DateTimeOffset Since)
{
    /// <summary>Tries begun so far; the number of the current one while it runs.</summary>
    public int Tries { get; init; }

    /// <summary>Tries begun before it was last cleared: they use up no retries.</summary>
    public int TriesBefore { get; init; }

    /// <summary>When it may be tried again; null unless it is <see cref="TaskState.UpForRetry"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Why it is in its state; null where that needs no reason.</summary>
    public string? Reason { get; init; }

    /// <summary>It came into another state by itself.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public TaskInstance Become(TaskState state, DateTimeOffset now, string? reason = null) =>
        State.MayBecome(state)
            ? this with
            {
                State = state,
                Since = now,
                RetryAt = null,
                Reason = reason,
            }
            : throw new InvalidOperationException($"A task that is {State.ToName()} does not become {state.ToName()}.");

    /// <summary>A worker has begun.</summary>
    public TaskInstance Start(DateTimeOffset now) => Become(TaskState.Running, now) with { Tries = Tries + 1 };

    /// <summary>A try failed, or a wait came to nothing.</summary>
    /// <param name="policy">Whether it is tried again.</param>
    /// <param name="now">When.</param>
    /// <param name="jitter">Drawn from 0 to 1.</param>
    /// <param name="reason">Why.</param>
    public TaskInstance Fail(RetryPolicy policy, DateTimeOffset now, double jitter, string reason)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var tried = Math.Max(1, Tries - TriesBefore);
        return tried > policy.Retries
            ? Become(TaskState.Failed, now, reason)
            : Become(TaskState.UpForRetry, now, reason) with
            {
                RetryAt = now + policy.After(tried, jitter),
            };
    }

    /// <summary>Its worker gave it up before it was done, through no fault of its own: that was no try.</summary>
    public TaskInstance HandBack(DateTimeOffset now, string reason) =>
        Become(TaskState.None, now, reason) with
        {
            Tries = State == TaskState.Running ? Tries - 1 : Tries,
        };

    /// <summary>Someone wants it to run again, whatever it has come to.</summary>
    public TaskInstance Clear(DateTimeOffset now) =>
        new(TaskState.None, now)
        {
            Tries = Tries,
            TriesBefore = Tries,
            Reason = "cleared",
        };

    /// <summary>Someone says what it has come to.</summary>
    public TaskInstance Mark(TaskState state, DateTimeOffset now) =>
        this with
        {
            State = state,
            Since = now,
            RetryAt = null,
            Reason = "marked",
        };
}
