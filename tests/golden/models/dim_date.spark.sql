-- The calendar: one row per day.
with days as (
    select explode(sequence(date '2010-01-01', date '2040-12-31', interval 1 day)) as day
)

select
    case
        when day between date '2010-01-01' and date '2040-12-31'
        then cast(year(day) * 10000 + month(day) * 100 + day(day) as bigint)
        else -1
    end as date_key,
    day as date,
    cast(year(day) as int) as year,
    cast(quarter(day) as int) as quarter,
    cast(month(day) as int) as month,
    cast(day(day) as int) as day_of_month,
    cast(extract(dayofweek_iso from day) as int) as day_of_week,
    cast(extract(yearofweek from day) as int) as iso_year,
    cast(extract(week from day) as int) as iso_week,
    extract(dayofweek_iso from day) >= 6 as is_weekend
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
