-- One row per user and version: a copy of the source that differs from the copy before it begins a new one.
with copies as (
    select
        user_id,
        date,
        device,
        sex,
        channel,
        ds,
        row_number() over (partition by user_id order by ds) as copy,
        lag(date) over (partition by user_id order by ds) as date_before,
        lag(device) over (partition by user_id order by ds) as device_before,
        lag(sex) over (partition by user_id order by ds) as sex_before,
        lag(channel) over (partition by user_id order by ds) as channel_before
    from "app"."users"
    where user_id is not null
),

versions as (
    select
        user_id,
        date,
        device,
        sex,
        channel,
        -- How somebody was before the first copy is not known, so that counts for all time before it.
        case when copy = 1 then date '1900-01-01' else ds end as valid_from,
        lead(ds) over (partition by user_id order by ds) as valid_to
    from copies
    where
        copy = 1
        or date is distinct from date_before
        or device is distinct from device_before
        or sex is distinct from sex_before
        or channel is distinct from channel_before
)

select
    coalesce(cast('0x' || substr(md5(cast(user_id as string) || ' ' || cast(valid_from as string)), 1, 15) as bigint), -1) as user_version_key,
    coalesce(cast('0x' || substr(md5(cast(user_id as string)), 1, 15) as bigint), -1) as user_key,
    user_id,
    date,
    device,
    sex,
    channel,
    valid_from,
    valid_to,
    valid_to is null as is_current
from versions

union all

select
    -1 as user_version_key,
    -1 as user_key,
    cast(null as bigint) as user_id,
    cast(null as date) as date,
    cast(null as string) as device,
    cast(null as string) as sex,
    cast(null as string) as channel,
    date '1900-01-01' as valid_from,
    cast(null as date) as valid_to,
    true as is_current
