-- One row per user, as the source has it.
select
    user_id,
    date,
    device,
    sex,
    channel
from {{ source('app', 'users') }}
