-- The users as they are now: the last version of each.


select
    user_key,
    user_id,
    date,
    device,
    sex,
    channel
from `marts`.`dim_user`
where is_current
