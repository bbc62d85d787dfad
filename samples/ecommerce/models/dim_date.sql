-- The calendar: one row per day.
with days as (
    {{ days(var('first_day'), var('last_day')) }}
)

select
    {{ date_key('day') }} as date_key,
    day as date,
    cast(year(day) as int) as year,
    cast(quarter(day) as int) as quarter,
    cast(month(day) as int) as month,
    cast(day(day) as int) as day_of_month,
    cast({{ iso_day_of_week('day') }} as int) as day_of_week,
    cast({{ iso_year('day') }} as int) as iso_year,
    cast(extract(week from day) as int) as iso_week,
    {{ iso_day_of_week('day') }} >= 6 as is_weekend
from days

union all

select
    -1 as date_key,
    cast(null as date) as date,
    cast(null as int) as year,
    cast(null as int) as quarter,
    cast(null as int) as month,
    cast(null as int) as day_of_month,
    cast(null as int) as day_of_week,
    cast(null as int) as iso_year,
    cast(null as int) as iso_week,
    cast(null as boolean) as is_weekend
