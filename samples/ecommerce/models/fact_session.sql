-- One row per session: the visits of one session id; without one, those of a browser with less than 30 minutes between them.
with gaps as (
    select
        *,
        {{ seconds_between('lag(occurred_at) over (partition by browser order by occurred_at, visit_id)', 'occurred_at') }} as gap
    from {{ ref('fact_page_visit') }}
    where session_id is null
),

visits as (
    select
        {{ surrogate_key('session_id') }} as session_key,
        session_id,
        visit_id,
        user_id,
        user_key,
        page_key,
        device_key,
        channel_key,
        occurred_at
    from {{ ref('fact_page_visit') }}
    where session_id is not null

    union all

    -- Named after the visit that it begins with: a number would be another one after an earlier session arrived late.
    select
        {{ surrogate_key("'visit ' || cast(first_visit_id as string)") }} as session_key,
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
            {{ last_known('case when gap < 1800 then null else visit_id end') }} over (
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
        {{ last_known('user_id') }} over whole_session as user_id,
        {{ last_known('case when user_id is not null then user_key end') }} over whole_session as user_key,
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
    {{ date_key('cast(sessions.started_at as date)') }} as date_key,
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
    {{ seconds_between('sessions.started_at', 'sessions.ended_at') }} as duration_seconds
from sessions
left join {{ ref('dim_page') }} as entries on entries.page_key = sessions.entry_page_key
left join {{ ref('dim_page') }} as exits on exits.page_key = sessions.exit_page_key
where sessions.visit_id = sessions.first_visit_id
