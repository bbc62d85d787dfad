{# What DuckDB and Spark call by different names. #}

{# Of a window: the first value that is not null. #}
{% macro first_known(value) -%}
    {%- if target.type == 'spark' -%}
        first_value({{ value }}, true)
    {%- else -%}
        first_value({{ value }} ignore nulls)
    {%- endif -%}
{%- endmacro %}

{# Of a window: the last value that is not null. #}
{% macro last_known(value) -%}
    {%- if target.type == 'spark' -%}
        last_value({{ value }}, true)
    {%- else -%}
        last_value({{ value }} ignore nulls)
    {%- endif -%}
{%- endmacro %}

{# The seconds from one instant to another, with their fraction. #}
{% macro seconds_between(earlier, later) -%}
    {%- if target.type == 'spark' -%}
        (unix_micros({{ later }}) - unix_micros({{ earlier }})) / 1e6
    {%- else -%}
        (epoch_us({{ later }}) - epoch_us({{ earlier }})) / 1e6
    {%- endif -%}
{%- endmacro %}

{# An instant, earlier by the time between two others. By microseconds: intervals are for calendars, and thirty times slower. #}
{% macro earlier_by(instant, from, to) -%}
    {%- if target.type == 'spark' -%}
        timestamp_micros(unix_micros({{ instant }}) - (unix_micros({{ to }}) - unix_micros({{ from }})))
    {%- else -%}
        make_timestamptz(epoch_us({{ instant }}) - (epoch_us({{ to }}) - epoch_us({{ from }})))
    {%- endif -%}
{%- endmacro %}

{# A query of one column, `day`: every day from the first to the last. #}
{% macro days(first, last) -%}
    {%- if target.type == 'spark' -%}
        select explode(sequence(date '{{ first }}', date '{{ last }}', interval 1 day)) as day
    {%- else -%}
        select cast(unnest(generate_series(date '{{ first }}', date '{{ last }}', interval 1 day)) as date) as day
    {%- endif -%}
{%- endmacro %}

{# 1 for Monday to 7 for Sunday. #}
{% macro iso_day_of_week(day) -%}
    {%- if target.type == 'spark' -%}
        extract(dayofweek_iso from {{ day }})
    {%- else -%}
        extract(isodow from {{ day }})
    {%- endif -%}
{%- endmacro %}

{# The year that an ISO week belongs to. #}
{% macro iso_year(day) -%}
    {%- if target.type == 'spark' -%}
        extract(yearofweek from {{ day }})
    {%- else -%}
        extract(isoyear from {{ day }})
    {%- endif -%}
{%- endmacro %}
