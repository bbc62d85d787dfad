using System.Globalization;
using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling.Runs;

/// <summary>A task in one run. Immutable: what happens to it makes a new one.</summary>
/// <param name="State">Its state.</param>
/// <param name="Since">When it came into that state.</param>
public sealed record TaskInstance(TaskState State, DateTimeOffset Since)
{
    /// <summary>So many workers lost in a row fail a try: a task that kills its worker must come to an end.</summary>
    public const int MostLosses = 5;

    /// <summary>Tries begun so far; the number of the current one while it runs.</summary>
    public int Tries { get; init; }

    /// <summary>Tries begun before it was last cleared: they use up no retries.</summary>
    public int TriesBefore { get; init; }

    /// <summary>When it may be tried again; null unless it is <see cref="TaskState.UpForRetry"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Who is at it; null unless it is <see cref="TaskState.Queued"/> or <see cref="TaskState.Running"/>.</summary>
    public TaskClaim? Claim { get; init; }

    /// <summary>When its last try began; null where none did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Workers that were lost over it, one after the other; below <see cref="MostLosses"/> that is not held against it.</summary>
    public int Losses { get; init; }

    /// <summary>Whether it is to do again what it has done: someone cleared it.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Whether what it was made from has been made anew since, in another DAG.</summary>
    public bool IsStale { get; init; }

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
                Claim = state.HoldsSlot() ? Claim : null,
                IsAgain = IsAgain && state != TaskState.Success,
                IsStale = IsStale && state != TaskState.Success,
            }
            : throw new InvalidOperationException($"A task that is {State.ToName()} does not become {state.ToName()}.");

    /// <summary>A worker has begun.</summary>
    /// <param name="now">When.</param>
    /// <param name="claim">Which.</param>
    public TaskInstance Start(DateTimeOffset now, TaskClaim? claim = null) =>
        Become(TaskState.Running, now) with
        {
            Tries = Tries + 1,
            StartedAt = now,
            Claim = claim,
        };

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

    /// <summary>Its worker is gone. That is no try, until it happens too often.</summary>
    /// <param name="policy">Whether it is tried again then.</param>
    /// <param name="now">When that was found out.</param>
    /// <param name="jitter">Drawn from 0 to 1.</param>
    public TaskInstance Lose(RetryPolicy policy, DateTimeOffset now, double jitter) =>
        Losses + 1 < MostLosses
            ? HandBack(now, "its worker was lost") with
            {
                Losses = Losses + 1,
            }
            : Fail(
                policy,
                now,
                jitter,
                string.Create(CultureInfo.InvariantCulture, $"Its worker was lost {MostLosses} times.")
            ) with
            {
                Losses = 0,
            };

    /// <summary>Someone wants it to run again, whatever it has come to.</summary>
    public TaskInstance Clear(DateTimeOffset now) =>
        new(TaskState.None, now)
        {
            Tries = Tries,
            TriesBefore = Tries,
            StartedAt = StartedAt,
            IsAgain = true,
            Reason = "cleared",
        };

    /// <summary>Someone says what it has come to.</summary>
    public TaskInstance Mark(TaskState state, DateTimeOffset now) =>
        this with
        {
            State = state,
            Since = now,
            RetryAt = null,
            Claim = null,
            Reason = "marked",
        };
}
