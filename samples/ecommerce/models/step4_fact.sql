-- Who saw step 4.
select
    user_id,
    true as visited
from {{ source('app', 'step4') }}
