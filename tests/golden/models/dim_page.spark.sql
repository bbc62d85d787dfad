-- One row per page that was visited.
select distinct
    page_key,
    page,
    -- Where it stands on the way through the shop.
    case page
        when 'step1' then 1
        when 'step2' then 2
        when 'step3' then 3
        when 'step4' then 4
        when 'step5' then 5
        when 'step6' then 6
    end as step,
    case page
        when 'step1' then 'Home'
        when 'step4' then 'Search'
        when 'step5' then 'Payment'
        when 'step6' then 'Confirmation'
        else page
    end as title
from `marts`.`fact_page_visit`
where page is not null

union all

select
    -1 as page_key,
    cast(null as string) as page,
    cast(null as int) as step,
    cast(null as string) as title
