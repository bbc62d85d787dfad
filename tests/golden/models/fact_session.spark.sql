-- One row per session: the visits of one session id; without one, those of a browser with less than 30 minutes between them.
with gaps as (
    select
        *,
        (unix_micros(occurred_at) - unix_micros(lag(occurred_at) over (partition by browser order by occurred_at, visit_id))) / 1e6 as gap
    from `marts`.`fact_page_visit`
    where session_id is null
),

visits as (
    select
        coalesce(cast(conv(substr(md5(session_id), 1, 15), 16, 10) as bigint), -1) as session_key,
        session_id,
        visit_id,
        user_id,
        user_key,
        page_key,
        device_key,
        channel_key,
        occurred_at
    from `marts`.`fact_page_visit`
    where session_id is not null

    union all

    -- Named after the visit that it begins with: a number would be another one after an earlier session arrived late.
    select
        coalesce(cast(conv(substr(md5('visit ' || cast(first_visit_id as string)), 1, 15), 16, 10) as bigint), -1) as session_key,
        session_id,
        visit_id,
        user_id,
        user_key,
        page_key,
        device_key,
        channel_key,
        occurred_at
    from (
        select
            *,
            last_value(case when gap < 1800 then null else visit_id end, true) over (
                partition by browser
                order by occurred_at, visit_id
                rows between unbounded preceding and current row
            ) as first_visit_id
        from gaps
    ) as numbered
),

-- With windows and not with min_by and max_by: what these keep for each session is not put on disk when memory is short.
sessions as (
    select
        session_key,
        session_id,
        visit_id,
        first_value(visit_id) over whole_session as first_visit_id,
        last_value(user_id, true) over whole_session as user_id,
        last_value(case when user_id is not null then user_key end, true) over whole_session as user_key,
        page_key as entry_page_key,
        last_value(page_key) over whole_session as exit_page_key,
        device_key,
        channel_key,
        min(occurred_at) over whole_session as started_at,
        max(occurred_at) over whole_session as ended_at,
        count(*) over whole_session as pages
    from visits
    window whole_session as (
        partition by session_key
        order by occurred_at, visit_id
        rows between unbounded preceding and unbounded following
    )
)

select
    sessions.session_key,
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
    (unix_micros(sessions.ended_at) - unix_micros(sessions.started_at)) / 1e6 as duration_seconds
from sessions
left join `marts`.`dim_page` as entries on entries.page_key = sessions.entry_page_key
left join `marts`.`dim_page` as exits on exits.page_key = sessions.exit_page_key
where sessions.visit_id = sessions.first_visit_id
