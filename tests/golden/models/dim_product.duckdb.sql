-- One row per product that was in the cart during a visit.
select distinct
    product_key,
    product
from "marts"."fact_page_visit"
where product is not null

union all

select
    -1 as product_key,
    cast(null as string) as product
