-- Who saw step 6.
select
    user_id,
    true as visited
from {{ source('app', 'step6') }}
