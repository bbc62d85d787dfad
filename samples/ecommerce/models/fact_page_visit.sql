-- One row per page visit. A message that arrived twice counts once; what somebody saw before signing in is theirs.
with messages as (
    select *
    from {{ source('app', 'events') }}
    qualify row_number() over (partition by message_id order by received_at, event_id) = 1
),

sign_ins as (
    select
        anonymous_id,
        min(user_id) as user_id
    from messages
    where event = 'sign_in'
    group by anonymous_id
)

select
    -- The same key on every engine and in any order of arrival.
    cast('0x' || substr(md5(messages.message_id), 1, 15) as bigint) as visit_id,
    coalesce(messages.user_id, sign_ins.user_id) as user_id,
    messages.session_id,
    messages.page,
    messages.product,
    -- The device's clock may be wrong, the time between occurring and sending is not.
    messages.received_at - (messages.sent_at - messages.occurred_at) as occurred_at,
    messages.device,
    messages.channel,
    messages.properties
from messages
left join sign_ins on sign_ins.anonymous_id = messages.anonymous_id
where messages.event = 'page'
