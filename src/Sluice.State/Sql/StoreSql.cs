namespace Sluice.State.Sql;

/// <summary>What both databases are asked, in the SQL that both have.</summary>
internal static class StoreSql
{
    public const string Counter = "select token, change from counter";

    public const string SaveCounter = "update counter set token = @token, change = @change";

    public const string ChangedSince = "select id from dag where change > @since order by id";

    public const string Dag =
        "select is_paused, latest_start, latest_end, latest_date, missed_start from dag where id = @dag";

    public const string TouchDag = """
        insert into dag (id, is_paused, change) values (@dag, false, @change)
        on conflict (id) do update set change = excluded.change
        """;

    public const string SaveDag = """
        update dag
        set is_paused = @is_paused, latest_start = @latest_start, latest_end = @latest_end, latest_date = @latest_date,
          missed_start = @missed_start
        where id = @dag
        """;

    public const string Find = $"{Runs} dag_run r {WithTasks} where r.dag_id = @dag and r.interval_start = @start";

    public const string Active = $"""
        {Runs} dag_run r {WithTasks}
        where r.dag_id = @dag and r.state in ('queued', 'running')
        order by r.interval_start
        """;

    public const string Latest = $"""
        {Runs} (select * from dag_run where dag_id = @dag order by interval_start desc limit @most) r {WithTasks}
        order by r.interval_start desc
        """;

    public const string Between = $"""
        {Runs} dag_run r {WithTasks}
        where r.dag_id = @dag and r.interval_start >= @start and r.interval_start < @before
        order by r.interval_start
        """;

    public const string SaveRun = """
        insert into dag_run
          (dag_id, interval_start, interval_end, logical_date, kind, state, since, started_at, owner, params, is_late)
        values (@dag, @start, @end, @date, @kind, @state, @since, @started_at, @owner, @params, @is_late)
        on conflict (dag_id, interval_start) do update set
          interval_end = excluded.interval_end, logical_date = excluded.logical_date, kind = excluded.kind,
          state = excluded.state, since = excluded.since, started_at = excluded.started_at, owner = excluded.owner,
          params = excluded.params, is_late = excluded.is_late
        """;

    public const string SaveTask = """
        insert into task_instance
          (dag_id, interval_start, task_id, state, since, tries, tries_before, retry_at, claim_worker, claim_token,
          started_at, losses, is_again, is_stale, reason)
        values
          (@dag, @start, @task, @state, @since, @tries, @tries_before, @retry_at, @claim_worker, @claim_token,
          @started_at, @losses, @is_again, @is_stale, @reason)
        on conflict (dag_id, interval_start, task_id) do update set
          state = excluded.state, since = excluded.since, tries = excluded.tries, tries_before = excluded.tries_before,
          retry_at = excluded.retry_at, claim_worker = excluded.claim_worker, claim_token = excluded.claim_token,
          started_at = excluded.started_at, losses = excluded.losses, is_again = excluded.is_again,
          is_stale = excluded.is_stale, reason = excluded.reason
        """;

    public const string DeleteTask =
        "delete from task_instance where dag_id = @dag and interval_start = @start and task_id = @task";

    public const string Held = """
        select dag_id, interval_start, task_id, claim_worker from task_instance
        where state in ('queued', 'running')
        order by dag_id, interval_start, task_id
        """;

    public const string Workers = "select id, lease_until from worker order by id";

    public const string FindWorker = "select 1 from worker where id = @worker";

    public const string SaveWorker = """
        insert into worker (id, lease_until) values (@worker, @lease_until)
        on conflict (id) do update set lease_until = excluded.lease_until
        """;

    public const string DeleteWorker = "delete from worker where id = @worker";

    // Read by place: see RunRows.
    private const string Runs = """
        select r.interval_start, r.interval_end, r.logical_date, r.kind, r.state, r.since, r.started_at, r.owner, r.params,
          r.is_late, t.task_id, t.state, t.since, t.tries, t.tries_before, t.retry_at, t.claim_worker, t.claim_token,
          t.started_at, t.losses, t.is_again, t.is_stale, t.reason
        from
        """;

    private const string WithTasks =
        "left join task_instance t on t.dag_id = r.dag_id and t.interval_start = r.interval_start";
}
