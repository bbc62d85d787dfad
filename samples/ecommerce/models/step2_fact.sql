-- Who saw step 2.
select
    user_id,
    true as visited
from {{ source('app', 'step2') }}
