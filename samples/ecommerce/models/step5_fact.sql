-- Who saw step 5.
select
    user_id,
    true as visited
from {{ source('app', 'step5') }}
