-- One row per page visit. A message that arrived twice counts once; what somebody saw before signing in is theirs.
--
-- An incremental run computes a browser's visits again, all of them, when the number of its events is another than last time
-- or one of its users got a row in dim_user_current. So a late event, a message that is there once more and a sign-in change what
-- came before them, and the result is that of a full refresh, in whatever order the days were loaded.


-- Only what decides which visits there are and whose; the rest of their columns is fetched for those.
with events as (
    select
        event_id,
        -- An empty id is none.
        coalesce(nullif(message_id, ''), 'event ' || cast(event_id as string)) as message_id,
        -- Where the browser did not say who it is, nothing else is known to come from it.
        coalesce(nullif(anonymous_id, ''), 'message ' || nullif(message_id, ''), 'event ' || cast(event_id as string)) as browser,
        user_id,
        event,
        received_at,
        -- The device's clock may be wrong, the time between occurring and sending is not. Without one of the three there is no more
        -- to go by than the others.
        coalesce(received_at - (sent_at - occurred_at), occurred_at, received_at, sent_at) as occurred_at
    from `app`.`events`
    where event in ('page', 'sign_in', 'sign_out')
),

browsers as (
    select
        browser,
        count(*) as browser_events
    from events
    group by browser
),

changed as (
    select browsers.browser
    from browsers
    left join (
        select
            visits.browser,
            min(visits.browser_events) as browser_events,
            max(case when coalesce(users.user_key, -1) <> visits.user_key then 1 else 0 end) as other_users
        from `marts`.`fact_page_visit` as visits
        left join `marts`.`dim_user_current` as users on users.user_id = visits.user_id
        group by visits.browser
    ) as known on known.browser = browsers.browser
    where
        known.browser_events is null
        or known.browser_events <> browsers.browser_events
        or known.other_users = 1
),

-- A message can have come from two browsers, and the first one has it: what arrived for one may take it from the other.
affected as (
    select distinct browser
    from events
    where message_id in (select message_id from events where browser in (select browser from changed))
),

copies as (
    select *
    from events
    where message_id in (select message_id from events where browser in (select browser from affected))
),

ranked as (
    select
        *,
        row_number() over (partition by message_id order by received_at, event_id) as copy
    from copies
),

attributed as (
    select
        *,
        count(*) over (partition by browser) as browser_events,
        first_value(case when copy > 1 then null when event = 'sign_in' then coalesce(user_id, -1) when event = 'sign_out' then -1 end, true) over (
            partition by browser
            -- Of one instant the visits come first, then sign-outs, then sign-ins.
            order by occurred_at, case event when 'page' then 0 when 'sign_out' then 1 else 2 end, user_id, message_id
            rows between current row and unbounded following
        ) as next_user_id
    from ranked
),

visits as (
    select
        event_id,
        message_id,
        browser,
        browser_events,
        coalesce(user_id, nullif(next_user_id, -1)) as user_id,
        occurred_at,
        cast(occurred_at as date) as day
    from attributed
    where
        event = 'page'
        and copy = 1
        and browser in (select browser from affected)
)

select
    coalesce(cast(conv(substr(md5(visits.message_id), 1, 15), 16, 10) as bigint), -1) as visit_id,
    coalesce(users.user_key, -1) as user_key,
    case
        when visits.day between date '2010-01-01' and date '2040-12-31'
        then cast(year(visits.day) * 10000 + month(visits.day) * 100 + day(visits.day) as bigint)
        else -1
    end as date_key,
    coalesce(cast(conv(substr(md5(events.page), 1, 15), 16, 10) as bigint), -1) as page_key,
    coalesce(cast(conv(substr(md5(events.product), 1, 15), 16, 10) as bigint), -1) as product_key,
    coalesce(cast(conv(substr(md5(events.device), 1, 15), 16, 10) as bigint), -1) as device_key,
    coalesce(cast(conv(substr(md5(events.channel), 1, 15), 16, 10) as bigint), -1) as channel_key,
    visits.user_id,
    events.anonymous_id,
    events.session_id,
    events.page,
    events.product,
    visits.occurred_at,
    events.received_at,
    events.device,
    events.channel,
    events.properties,
    visits.browser,
    visits.browser_events
from `app`.`events` as events
inner join visits on visits.event_id = events.event_id
left join `marts`.`dim_user_current` as users on users.user_id = visits.user_id
