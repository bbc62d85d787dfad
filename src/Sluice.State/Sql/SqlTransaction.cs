using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.Store;
using Sluice.Core.Time;

namespace Sluice.State.Sql;

/// <summary>A look at a database, or a change of it, by one session that is in a transaction.</summary>
internal sealed class SqlTransaction : IRunTransaction
{
    private readonly SqlSession _session;
    private readonly long _changeBefore;
    private readonly long _tokenBefore;
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, DateTimeOffset), DagRun> _seen = [];
    private long _token;

    /// <summary>Goes on from what the session read when it began.</summary>
    /// <param name="session">The session.</param>
    /// <param name="token">The token that was drawn last.</param>
    /// <param name="change">The change that the store had come to.</param>
    /// <param name="now">The time.</param>
    public SqlTransaction(SqlSession session, long token, long change, DateTimeOffset now)
    {
        (_session, _tokenBefore, _token, _changeBefore, Change, Now) = (session, token, token, change, change, now);
    }

    public DateTimeOffset Now { get; }

    public long Change { get; private set; }

    /// <summary>Whether the counters have to be written.</summary>
    public bool HasCounted => Change != _changeBefore || _token != _tokenBefore;

    /// <summary>The token that was drawn last.</summary>
    public long Token => _token;

    public IReadOnlyList<string> ChangedSince(long change) =>
        _session.Statement(StoreSql.ChangedSince).With("since", change).Query(rows => rows.GetString(0));

    public DagRecord Dag(string dagId) =>
        _session
            .Statement(StoreSql.Dag)
            .With("dag", dagId)
            .Query(rows => new DagRecord(
                rows.GetBoolean(0),
                rows.IsDBNull(1) ? null : RunRows.ReadInterval(rows, column: 1),
                RunRows.InstantAt(rows, column: 4)
            ))
            is [var record]
            ? record
            : default;

    public DagRun? Find(string dagId, DateTimeOffset start) =>
        Runs(StoreSql.Find, dagId, statement => statement.With("start", start)) is [var run] ? run : null;

    public IReadOnlyList<DagRun> Active(string dagId) => Runs(StoreSql.Active, dagId);

    public IReadOnlyList<DagRun> Latest(string dagId, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return Runs(StoreSql.Latest, dagId, statement => statement.With("most", most));
    }

    public IReadOnlyList<DagRun> Between(string dagId, DateTimeOffset from, DateTimeOffset before) =>
        Runs(StoreSql.Between, dagId, statement => statement.With("start", from).With("before", before));

    public IReadOnlyList<HeldSlot> Held() =>
        _session
            .Statement(StoreSql.Held)
            .Query(rows => new HeldSlot(
                rows.GetString(0),
                Instants.FromColumn(rows.GetInt64(1)),
                rows.GetString(2),
                rows.IsDBNull(3) ? "" : rows.GetString(3)
            ));

    public IReadOnlyList<WorkerRecord> Workers() =>
        _session
            .Statement(StoreSql.Workers)
            .Query(rows => new WorkerRecord(rows.GetString(0), Instants.FromColumn(rows.GetInt64(1))));

    public void Save(DagRun run)
    {
        var kept = RunDifference.Storable(run);
        var key = (kept.DagId, kept.Interval.Start);
        var difference = RunDifference.Of(_seen.GetValueOrDefault(key) ?? Find(kept.DagId, key.Start), kept);
        if (difference.IsNone)
        {
            return;
        }

        Touch(kept.DagId);
        if (difference.IsOfRun)
        {
            _session.Statement(StoreSql.SaveRun).WithRun(kept).Execute();
        }

        foreach (var (id, task) in difference.Tasks)
        {
            _session.Statement(StoreSql.SaveTask).WithTask(kept, id, task).Execute();
        }

        foreach (var id in difference.Gone)
        {
            _session
                .Statement(StoreSql.DeleteTask)
                .With("dag", kept.DagId)
                .With("start", key.Start)
                .With("task", id)
                .Execute();
        }

        _seen[key] = kept;
    }

    public void SaveLatest(string dagId, DataInterval interval) =>
        Save(dagId, record => record with { Latest = interval });

    public void SaveMissed(string dagId, DateTimeOffset start) => Save(dagId, record => record with { Missed = start });

    public void SavePaused(string dagId, bool isPaused) => Save(dagId, record => record with { IsPaused = isPaused });

    public long NextToken() => _token = checked(_token + 1);

    public void RaiseTokens(long above) => _token = Math.Max(_token, above);

    public void Renew(string worker, TimeSpan lease)
    {
        if (_session.Statement(StoreSql.FindWorker).With("worker", worker).Query(_ => true) is [])
        {
            Count();
        }

        _session.Statement(StoreSql.SaveWorker).With("worker", worker).With("lease_until", Now + lease).Execute();
    }

    public void Remove(string worker)
    {
        if (_session.Statement(StoreSql.FindWorker).With("worker", worker).Query(_ => true) is not [])
        {
            _session.Statement(StoreSql.DeleteWorker).With("worker", worker).Execute();
            Count();
        }
    }

    private IReadOnlyList<DagRun> Runs(string sql, string dagId, Func<SqlStatement, SqlStatement>? with = null)
    {
        var statement = _session.Statement(sql).With("dag", dagId);
        using var rows = (with?.Invoke(statement) ?? statement).Query();
        var runs = RunRows.Read(dagId, rows);
        foreach (var run in runs)
        {
            _seen[(dagId, run.Interval.Start)] = run;
        }

        return runs;
    }

    private void Save(string dagId, Func<DagRecord, DagRecord> change)
    {
        var before = Dag(dagId);
        var record = change(before);
        if (record != before)
        {
            Touch(dagId);
            _session
                .Statement(StoreSql.SaveDag)
                .With("dag", dagId)
                .With("is_paused", record.IsPaused)
                .With("latest_start", record.Latest?.Start)
                .With("latest_end", record.Latest?.End)
                .With("latest_date", record.Latest is { } latest ? RunRows.DateOf(latest) : null)
                .With("missed_start", record.Missed)
                .Execute();
        }
    }

    private void Touch(string dagId)
    {
        Count();
        if (_touched.Add(dagId))
        {
            _session.Statement(StoreSql.TouchDag).With("dag", dagId).With("change", Change).Execute();
        }
    }

    // All of one transaction is one change.
    private void Count() => Change = _changeBefore + 1;
}
