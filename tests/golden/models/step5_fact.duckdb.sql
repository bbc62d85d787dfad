-- Who saw step 5.
select
    visits.user_id,
    coalesce(users.user_key, -1) as user_key,
    true as visited
from "app"."step5" as visits
left join "marts"."dim_user_current" as users on users.user_id = visits.user_id
