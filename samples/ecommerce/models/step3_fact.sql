-- Who saw step 3.
select
    user_id,
    true as visited
from {{ source('app', 'step3') }}
