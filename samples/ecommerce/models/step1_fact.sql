-- Who saw step 1.
select
    user_id,
    true as visited
from {{ source('app', 'step1') }}
