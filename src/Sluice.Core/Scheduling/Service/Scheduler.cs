using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Store;

namespace Sluice.Core.Scheduling.Service;

/// <summary>
/// Carries out what <see cref="DagPlanner"/> decides, over a store that other schedulers may share: in each turn one transaction
/// takes in what ended and what others changed, plans the DAGs concerned and claims what may start.
/// </summary>
/// <param name="dags">All DAGs.</param>
/// <param name="store">The store.</param>
/// <param name="executor">Does the work of tasks.</param>
/// <param name="options">How it works.</param>
/// <param name="clock">The time between turns; what is due is decided by the store's clock.</param>
/// <param name="listener">Told what happens; may be null.</param>
/// <param name="reread">
/// Gives the project anew where it has changed, else null; throws <see cref="DefinitionException"/> while it cannot be read. Null
/// where it never changes.
/// </param>
public sealed class Scheduler(
    DagSet dags,
    IRunStore store,
    IExecutor executor,
    SchedulerOptions options,
    TimeProvider clock,
    ISchedulerListener? listener = null,
    Func<PlannedProject?>? reread = null
)
{
    private const int SignsOfLife = 3;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    // A look at the files of a project costs a millisecond.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    // What is due is due by a clock that may be set: a wait that was computed before that ends soon all the same.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(5);

    private readonly Func<double> _jitter = new Random(options.Seed).NextDouble;
    private readonly Dictionary<long, RunningTry> _running = [];
    private readonly Channel<TaskTryEnd> _ended = Channel.CreateUnbounded<TaskTryEnd>();
    private readonly List<TaskTryEnd> _taken = [];
    private readonly Dictionary<string, DateTimeOffset> _wakes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _due = new(dags.ById.Keys, StringComparer.Ordinal);
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);
    private DagSet _dags = dags;
    private SchedulerOptions _options = options;
    private string? _broken;
    private long? _lookedAt;
    private Exception? _fault;
    private long _seen;
    private DateTimeOffset _storeNow;
    private long _turnedAt;
    private long? _signedAt;
    private bool _isStoreGone;

    /// <summary>Works until it is told to stop, or until there is nothing left to do.</summary>
    /// <param name="isDone">Asked after each turn whether there is; null for never.</param>
    /// <param name="stop">Tells it to stop: tasks get their grace, then they are handed back.</param>
    /// <param name="hurry">Tells it that the grace is over.</param>
    /// <exception cref="PipelineException">The store cannot be used at the start, or at all where there are own runs only.</exception>
    /// <exception cref="StoreGoneException">The store was removed or replaced; tasks were stopped.</exception>
    public async Task RunAsync(
        Func<IRunReader, bool>? isDone = null,
        CancellationToken stop = default,
        CancellationToken hurry = default
    )
    {
        store.Write(transaction =>
        {
            transaction.RaiseTokens(_options.TokensAbove);
            transaction.Renew(_options.Worker, _options.Lease);
            return 0;
        });
        try
        {
            var pause = FirstPause;
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    Turn(claims: true, stop);
                    pause = FirstPause;
                }
                catch (StoreGoneException)
                {
                    _isStoreGone = true;
                    throw;
                }
                catch (PipelineException failure) when (!_options.OwnRunsOnly)
                {
                    listener?.StoreFailed(failure, pause);
                    await PauseAsync(pause, stop);
                    pause = pause * 2 < Longest ? pause * 2 : Longest;
                    continue;
                }

                if ((_options.OwnRunsOnly && _fault is not null) || (isDone is not null && store.Read(isDone)))
                {
                    break;
                }

                await IdleAsync(null, stop);
            }
        }
        finally
        {
            await EndAsync(hurry);
        }

        if (_options.OwnRunsOnly && _fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }

    // Before anything is claimed by it: the process of a task reads the project itself.
    private void Look(bool now)
    {
        if (reread is null || (!now && _lookedAt is { } at && clock.GetElapsedTime(at) < BetweenLooks))
        {
            return;
        }

        _lookedAt = clock.GetTimestamp();
        try
        {
            var wasBroken = _broken is not null;
            var changed = reread();
            _broken = null;
            if (changed is not null)
            {
                (_dags, _options) = (changed.Dags, _options with { Pools = changed.Pools });
                foreach (var gone in _wakes.Keys.Except(_dags.ById.Keys).ToList())
                {
                    _wakes.Remove(gone);
                }

                _waiting.IntersectWith(_dags.ById.Keys);
                listener?.ProjectChanged(_dags);
            }

            _due.UnionWith(changed is not null || wasBroken ? _dags.ById.Keys : []);
            _due.IntersectWith(_dags.ById.Keys);
        }
        catch (DefinitionException wrong)
        {
            if (_broken != wrong.Problem)
            {
                listener?.ProjectBroken(wrong);
            }

            _broken = wrong.Problem;
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, clock, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at it itself.
        }
    }

    private void Turn(bool claims, CancellationToken stop)
    {
        while (_ended.Reader.TryRead(out var ended))
        {
            _taken.Add(ended);
        }

        if (claims)
        {
            // A process that is lost may have found another project than the one that it was begun for.
            Look(now: _taken.Exists(ended => ended.Kind == TaskTryEndKind.Lost));
            claims = _broken is null;
        }

        var turned = clock.GetTimestamp();
        var turn = store.Write(transaction => Decide(transaction, claims));
        (_seen, _storeNow, _turnedAt) = (turn.Seen, turn.Now, turned);
        _signedAt = turn.HasSigned ? turned : _signedAt;
        foreach (var (ended, instance) in turn.Ended)
        {
            if (_running.Remove(ended.Try.Claim.Token, out var tried))
            {
                tried.Dispose();
            }

            _fault ??= ended.Kind == TaskTryEndKind.Fault ? ended.Failure : null;
            SchedulerMetrics.Try(ended.Try, instance?.State, ended.Elapsed);
            if (TaskEvents.Of(ended, instance) is { } told)
            {
                listener?.Report(told);
            }
        }

        _taken.Clear();
        Remember(turn.Planned);
        foreach (var gone in turn.Gone)
        {
            gone.Stop();
        }

        foreach (var claimed in turn.Planned.Claimed)
        {
            _running.Add(
                claimed.Claim.Token,
                new(
                    claimed,
                    executor,
                    clock,
                    listener,
                    ended => _ended.Writer.TryWrite(ended),
                    _options.Grace == TimeSpan.Zero ? stop : CancellationToken.None
                )
            );
        }
    }

    private void Remember(Planned planned)
    {
        foreach (var (dag, wake) in planned.Wakes)
        {
            _due.Remove(dag);
            _waiting.Remove(dag);
            _wakes.Remove(dag);
            if (wake is { } at)
            {
                _wakes[dag] = at;
            }
        }

        _waiting.UnionWith(planned.Waiting);
        foreach (var (dag, run, task) in planned.Settled)
        {
            listener?.Report(TaskEvents.Of(dag, run, task));
        }

        foreach (var (dag, run) in planned.Over)
        {
            SchedulerMetrics.Ended(dag, run);
            listener?.RunEnded(dag, run);
        }

        foreach (var late in planned.Late)
        {
            SchedulerMetrics.IsLate(late.Dag);
            listener?.RunLate(late);
        }
    }

    private TurnResult Decide(IRunTransaction transaction, bool claims)
    {
        var due = new HashSet<string>(_due, StringComparer.Ordinal);
        due.UnionWith(_wakes.Where(wake => wake.Value <= transaction.Now).Select(wake => wake.Key));
        var signs = UntilSign() <= TimeSpan.Zero;
        if (signs)
        {
            transaction.Renew(_options.Worker, _options.Lease);
            due.UnionWith(LostWorkers.Reap(transaction, _dags, _options, _jitter));
        }

        var changed = transaction.ChangedSince(_seen);
        due.UnionWith(changed);
        due.UnionWith(changed.SelectMany(_dags.WaitersFor));
        var ended = new List<(TaskTryEnd, TaskInstance?)>();
        foreach (var end in _taken)
        {
            ended.Add((end, TryEnding.Save(transaction, end, _jitter())));
            due.Add(end.Try.Dag.Id);
        }

        if (ended.Count > 0 || changed.Count > 0)
        {
            // A slot may have become free.
            due.UnionWith(_waiting);
        }

        var over = _taken.Select(end => end.Try.Claim.Token).ToHashSet();
        List<RunningTry> gone =
        [
            .. _running.Values.Where(tried =>
                !over.Contains(tried.Try.Claim.Token)
                && changed.Contains(tried.Try.Dag.Id)
                && !TryEnding.IsHeld(transaction, tried.Try)
            ),
        ];
        var free = claims ? _options.Parallelism - _running.Count + over.Count : 0;
        var planned = new StorePlanning(_dags, _options, _jitter).Plan(
            transaction,
            due.Order(StringComparer.Ordinal),
            free
        );
        return new(transaction.Change, transaction.Now, signs, planned, ended, gone);
    }

    // By a clock that nobody sets.
    private TimeSpan UntilSign() =>
        _signedAt is { } at ? (_options.Lease / SignsOfLife) - clock.GetElapsedTime(at) : TimeSpan.Zero;

    // Tasks get their grace, then they are asked to stop; what they come to is written while the lease is kept.
    private async Task EndAsync(CancellationToken hurry)
    {
        var began = clock.GetTimestamp();
        var asked = false;
        var (toldAt, silence) = ((long?)null, TimeSpan.Zero);
        while (true)
        {
            if (!asked && (hurry.IsCancellationRequested || _isStoreGone || Left() <= TimeSpan.Zero))
            {
                asked = true;
                foreach (var tried in _running.Values)
                {
                    tried.Stop();
                }
            }

            try
            {
                Turn(claims: false, CancellationToken.None);
                if (_running.Count == 0)
                {
                    store.Write(transaction =>
                    {
                        transaction.Remove(_options.Worker);
                        return 0;
                    });
                    return;
                }
            }
            catch (PipelineException failure) when (!_options.OwnRunsOnly)
            {
                _isStoreGone |= failure is StoreGoneException;
                // Once there is nothing more to wait for, its leases come to their end without it.
                var isOver = asked && _running.Values.All(tried => tried.Completion.IsCompleted);
                if (isOver && _isStoreGone)
                {
                    throw;
                }

                if (!_isStoreGone && (isOver || toldAt is not { } told || clock.GetElapsedTime(told) >= silence))
                {
                    listener?.StoreFailed(failure, isOver ? TimeSpan.Zero : FirstPause);
                    (toldAt, silence) = (clock.GetTimestamp(), silence == TimeSpan.Zero ? FirstPause : silence * 2);
                }

                if (isOver)
                {
                    return;
                }

                await PauseAsync(FirstPause, asked ? CancellationToken.None : hurry);
                continue;
            }

            await IdleAsync(asked ? null : Left(), asked ? CancellationToken.None : hurry);
        }

        TimeSpan Left() => _options.Grace - clock.GetElapsedTime(began);
    }

    private async Task IdleAsync(TimeSpan? atMost, CancellationToken stop)
    {
        var since = clock.GetElapsedTime(_turnedAt);
        var most = _wakes
            .Values.Select(wake => wake - _storeNow - since)
            .Append(UntilSign())
            .Append(reread is null ? LongestIdle : BetweenLooks)
            .Append(atMost ?? LongestIdle)
            .Min();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] either =
        [
            _ended.Reader.WaitToReadAsync(waiting.Token).AsTask(),
            store.WaitAsync(_seen, most > TimeSpan.Zero ? most : TimeSpan.Zero, waiting.Token),
        ];
        await Task.WhenAny(either);
        await waiting.CancelAsync();
    }

    private sealed record TurnResult(
        long Seen,
        DateTimeOffset Now,
        bool HasSigned,
        Planned Planned,
        IReadOnlyList<(TaskTryEnd Ended, TaskInstance? Instance)> Ended,
        IReadOnlyList<RunningTry> Gone
    );
}
