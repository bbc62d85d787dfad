-- One row per page visit. A message that arrived twice counts once; what somebody saw before signing in is theirs.
--
-- An incremental run computes a browser's visits again, all of them, when the number of its events is another than last time
-- or one of its users got a row in dim_user_current. So a late event, a message that is there once more and a sign-in change what
-- came before them, and the result is that of a full refresh, in whatever order the days were loaded.
{{ config(materialized='incremental', unique_key='visit_id', incremental_strategy='delete+insert') }}

-- The events, read anew wherever they are needed, each time only the columns that are: as a CTE they would be stored, with all columns.
--
-- An empty id is none. Where the browser did not say who it is, nothing else is known to come from it. The device's clock may be wrong,
-- the time between occurring and sending is not; without one of the three there is no more to go by than the others.
{%- set events -%}
    (
        select
            *,
            coalesce(nullif(message_id, ''), 'event ' || cast(event_id as string)) as message,
            coalesce(nullif(anonymous_id, ''), 'message ' || nullif(message_id, ''), 'event ' || cast(event_id as string)) as browser,
            coalesce({{ earlier_by('received_at', 'occurred_at', 'sent_at') }}, occurred_at, received_at, sent_at) as seen_at,
            -- Beside the columns they are made of: there each of the few values is hashed once, not once for each event.
            {{ surrogate_key('page') }} as page_key,
            {{ surrogate_key('product') }} as product_key,
            {{ surrogate_key('device') }} as device_key,
            {{ surrogate_key('channel') }} as channel_key
        from {{ source('app', 'events') }}
        where event in ('page', 'sign_in', 'sign_out')
    ) as events
{%- endset %}

-- Few messages arrive more than once; only those are ranked.
with repeated as (
    select message
    from {{ events }}
    group by message
    having count(*) > 1
),

copies as (
    select
        event_id,
        message,
        browser,
        row_number() over (partition by message order by received_at, event_id) as copy
    from {{ events }}
    where message in (select message from repeated)
),

{% if is_incremental() -%}
changed as (
    select browsers.browser
    from (
        select
            browser,
            count(*) as browser_events
        from {{ events }}
        group by browser
    ) as browsers
    left join (
        select
            visits.browser,
            min(visits.browser_events) as browser_events,
            max(case when coalesce(users.user_key, -1) <> visits.user_key then 1 else 0 end) as other_users
        from {{ this }} as visits
        left join {{ ref('dim_user_current') }} as users on users.user_id = visits.user_id
        group by visits.browser
    ) as known on known.browser = browsers.browser
    where
        known.browser_events is null
        or known.browser_events <> browsers.browser_events
        or known.other_users = 1
),

-- A message can have come from two browsers, and the first one has it: what arrived for one may take it from the other.
affected as (
    select browser
    from changed

    union

    select browser
    from copies
    where message in (select message from copies where browser in (select browser from changed))
),

{% endif -%}
attributed as (
    select
        events.event_id,
        events.event,
        events.user_id,
        copies.copy,
        count(*) over (partition by events.browser) as browser_events,
        {{ first_known("case when copies.copy > 1 then null when event = 'sign_in' then coalesce(user_id, -1) when event = 'sign_out' then -1 end") }} over (
            partition by events.browser
            -- Of one instant the visits come first, then sign-outs, then sign-ins.
            order by events.seen_at, case events.event when 'page' then 0 when 'sign_out' then 1 else 2 end, events.user_id
            rows between current row and unbounded following
        ) as next_user_id
    from {{ events }}
    left join copies on copies.event_id = events.event_id
    {%- if is_incremental() %}
    where events.browser in (select browser from affected)
    {%- endif %}
),

visits as (
    select
        event_id,
        browser_events,
        coalesce(user_id, nullif(next_user_id, -1)) as user_id
    from attributed
    where
        event = 'page'
        and coalesce(copy, 1) = 1
),

owned as (
    select
        visits.event_id,
        visits.browser_events,
        visits.user_id,
        coalesce(users.user_key, -1) as user_key
    from visits
    left join {{ ref('dim_user_current') }} as users on users.user_id = visits.user_id
)

select
    {{ surrogate_key('events.message') }} as visit_id,
    owned.user_key,
    {{ date_key('cast(events.seen_at as date)') }} as date_key,
    events.page_key,
    events.product_key,
    events.device_key,
    events.channel_key,
    owned.user_id,
    events.anonymous_id,
    events.session_id,
    events.page,
    events.product,
    events.seen_at as occurred_at,
    events.received_at,
    events.device,
    events.channel,
    events.properties,
    events.browser,
    owned.browser_events
from {{ events }}
inner join owned on owned.event_id = events.event_id
where events.event = 'page'
