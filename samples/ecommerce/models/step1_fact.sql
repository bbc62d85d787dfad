-- Who saw step 1.
select
    visits.user_id,
    coalesce(users.user_key, -1) as user_key,
    true as visited
from {{ source('app', 'step1') }} as visits
left join {{ ref('dim_user_current') }} as users on users.user_id = visits.user_id
