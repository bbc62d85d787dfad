-- One row per channel that brought a user or a visit.
select
    coalesce(cast('0x' || substr(md5(channel), 1, 15) as bigint), -1) as channel_key,
    channel
from (
    select channel from "marts"."dim_user"
    union
    select channel from "marts"."fact_page_visit"
) as channels
where channel is not null

union all

select
    -1 as channel_key,
    cast(null as string) as channel
