-- One row per channel that brought a user or a visit.
select
    {{ surrogate_key('channel') }} as channel_key,
    channel
from (
    select channel from {{ ref('dim_user') }}
    union
    select channel from {{ ref('fact_page_visit') }}
) as channels
where channel is not null

union all

select
    -1 as channel_key,
    cast(null as string) as channel
