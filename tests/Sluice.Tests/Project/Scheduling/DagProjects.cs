namespace Sluice.Tests.Project.Scheduling;

/// <summary>A project with models, for DAGs over them.</summary>
internal static class DagProjects
{
    public const string Head = """
        name: shop
        timezone: Europe/Berlin
        sources:
          app: {kind: sqlite, path: app.db, safety_lag: 5m, tables: {users: {key: id}, visits: {key: id}}}
          crm: {kind: sqlite, path: crm.db, safety_lag: 7m, tables: {users: {key: id}}}
        events:
          fact_page_visit: {event: page, time: at}
          plain: {event: page}

        """;

    public static readonly (string, string)[] Models =
    [
        ("dbt_project.yml", "name: shop\n"),
        ("models/dim_user.sql", "select * from {{ source('app', 'users') }}\n"),
        (
            "models/fact_page_visit.sql",
            "select v.* from {{ source('app', 'visits') }} v join {{ ref('dim_user') }} using (id)\n"
        ),
        ("models/daily.sql", "select count(*) as visits from {{ ref('fact_page_visit') }}\n"),
    ];

    /// <summary>Every key of the notation once.</summary>
    public const string Everything =
        Head
        + """
            pools: {oltp: 2, default_pool: 16}
            state: postgresql://sluice:p%40ss@db.example:5433/runs?tls=require
            dags:
              funnel_pipeline:
                schedule: "0 2 * * *"
                delay: 30m
                start_date: 2026-01-01
                end_date: 2027-01-01T12:00:00+00:00
                catchup: true
                max_active_runs: 2
                max_active_tasks: 4
                timezone: America/New_York
                deadline: "06:00"
                params: {country: CH}
                default_args: {retries: 2, retry_delay: 5m, retry_exponential_backoff: true, max_retry_delay: 1h, execution_timeout: 2h, pool: oltp, priority_weight: 5}
                on_failure: [{webhook: "https://example.com/{{ params.country }}"}, {command: "mail -s '{{ ds }}' x"}]
                on_late: {webhook: "{{ env.HOOK }}"}
              dimension_modeling:
                schedule: "0 2 * * *"
                timezone: America/New_York
                start_date: 2026-01-01
                end_date: 2027-01-01T12:00:00+00:00
                deadline: 4h
              my_dag:
                schedule: 1h
                start_date: 2026-01-01T06:00:00
                end_date: 2026-12-30
                tasks:
                  end: {empty: , depends_on: [say]}
                  say: {shell: "echo {{ ds }} {{ run_id }}", depends_on: [build], trigger_rule: all_done, retries: 3, retry_delay: 0s, pool: oltp, execution_timeout: 5m, priority_weight: 2}
                  load_users: {extract: crm.users}
                  users_done: {wait_for: funnel_pipeline.load_app_users, offset: 1h, match: containing, allowed_states: [success, skipped], failed_states: [failed], timeout: 6h, soft_fail: true, depends_on: []}
                  pipeline: {wait_for: funnel_pipeline, match: last_ended, offset: -1d, allowed_states: success}
                  build: {model: dim_user, depends_on: [users_done, load_users]}
                  days: {model: daily}
                  visits: {model: fact_page_visit}
                  idx: {index: fact_page_visit, depends_on: pipeline}
                  q:
                    sql: |
                      select count(*)
                      from daily where day < '{{ data_interval_end }}'
                    to: out/{{ ds_nodash }}.csv
                    depends_on: [publish_build]
                  ping: {http: "https://example.com/a", method: PUT, headers: {Authorization: "Bearer {{ env_var('TOKEN') }}", X-Day: "{{ data_interval_start.isoformat() }}"}, body: '{"at": "{{ logical_date }}"}'}
                  get: {http: "https://example.com/b"}
              by.hand:
                tasks:
                  only: {shell: "true"}
            """;
}
