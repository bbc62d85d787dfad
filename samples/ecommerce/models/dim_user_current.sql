-- The users as they are now: the last version of each.
{{ config(materialized='view') }}

select
    user_key,
    user_id,
    date,
    device,
    sex,
    channel
from {{ ref('dim_user') }}
where is_current
