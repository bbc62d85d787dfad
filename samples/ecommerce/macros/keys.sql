{# The key of a row of a dimension: the first 15 hex digits of the MD5 of what names it, so it is the same on every engine
   and in any order of arrival. Without a name it is -1, the unknown row that every dimension has. #}
{% macro surrogate_key(text) -%}
    {%- if target.type == 'spark' -%}
        coalesce(cast(conv(substr(md5({{ text }}), 1, 15), 16, 10) as bigint), -1)
    {%- else -%}
        coalesce(cast('0x' || substr(md5({{ text }}), 1, 15) as bigint), -1)
    {%- endif -%}
{%- endmacro %}

{# The key of a day in dim_date: its eight digits as a number. Days that the dimension does not have are unknown. #}
{% macro date_key(day) -%}
    case
        when {{ day }} between date '{{ var('first_day') }}' and date '{{ var('last_day') }}'
        then cast(year({{ day }}) * 10000 + month({{ day }}) * 100 + day({{ day }}) as bigint)
        else -1
    end
{%- endmacro %}
