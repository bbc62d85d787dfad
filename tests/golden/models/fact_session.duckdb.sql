-- One row per session: the visits of one session id; without one, those of a browser with less than 30 minutes between them.
with starts as (
    select
        *,
        lag(occurred_at) over (partition by browser order by occurred_at, visit_id) as occurred_before
    from "marts"."fact_page_visit"
    where session_id is null
),

numbered as (
    select
        *,
        sum(case when (epoch_us(occurred_at) - epoch_us(occurred_before)) / 1e6 < 1800 then 0 else 1 end) over (
            partition by browser
            order by occurred_at, visit_id
            rows between unbounded preceding and current row
        ) as session_number
    from starts
),

visits as (
    select
        session_id as session,
        session_id,
        visit_id,
        user_id,
        user_key,
        page_key,
        device_key,
        channel_key,
        occurred_at
    from "marts"."fact_page_visit"
    where session_id is not null

    union all

    -- Named after the visit that it begins with: a number would be another one after an earlier session arrived late.
    select
        'visit ' || cast(first_value(visit_id) over (
            partition by browser, session_number
            order by occurred_at, visit_id
        ) as string) as session,
        session_id,
        visit_id,
        user_id,
        user_key,
        page_key,
        device_key,
        channel_key,
        occurred_at
    from numbered
),

sessions as (
    select
        session,
        max(session_id) as session_id,
        max_by(user_id, row(occurred_at, visit_id)) filter (where user_id is not null) as user_id,
        max_by(user_key, row(occurred_at, visit_id)) filter (where user_id is not null) as user_key,
        min_by(page_key, row(occurred_at, visit_id)) as entry_page_key,
        max_by(page_key, row(occurred_at, visit_id)) as exit_page_key,
        min_by(device_key, row(occurred_at, visit_id)) as device_key,
        min_by(channel_key, row(occurred_at, visit_id)) as channel_key,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        count(*) as pages
    from visits
    group by session
)

select
    coalesce(cast('0x' || substr(md5(sessions.session), 1, 15) as bigint), -1) as session_key,
    coalesce(sessions.user_key, -1) as user_key,
    case
        when cast(sessions.started_at as date) between date '2010-01-01' and date '2040-12-31'
        then cast(year(cast(sessions.started_at as date)) * 10000 + month(cast(sessions.started_at as date)) * 100 + day(cast(sessions.started_at as date)) as bigint)
        else -1
    end as date_key,
    sessions.entry_page_key,
    sessions.exit_page_key,
    sessions.device_key,
    sessions.channel_key,
    sessions.session_id,
    sessions.user_id,
    entries.page as entry_page,
    exits.page as exit_page,
    sessions.pages,
    sessions.started_at,
    sessions.ended_at,
    (epoch_us(sessions.ended_at) - epoch_us(sessions.started_at)) / 1e6 as duration_seconds
from sessions
left join "marts"."dim_page" as entries on entries.page_key = sessions.entry_page_key
left join "marts"."dim_page" as exits on exits.page_key = sessions.exit_page_key
