-- One row per kind of device that a user or a visit had.
select
    {{ surrogate_key('device') }} as device_key,
    device
from (
    select device from {{ ref('dim_user') }}
    union
    select device from {{ ref('fact_page_visit') }}
) as devices
where device is not null

union all

select
    -1 as device_key,
    cast(null as string) as device
