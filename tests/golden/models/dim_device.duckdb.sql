-- One row per kind of device that a user or a visit had.
select
    coalesce(cast('0x' || substr(md5(device), 1, 15) as bigint), -1) as device_key,
    device
from (
    select device from "marts"."dim_user"
    union
    select device from "marts"."fact_page_visit"
) as devices
where device is not null

union all

select
    -1 as device_key,
    cast(null as string) as device
