namespace Sluice.Project.Models.Properties;

/// <summary>The generic tests that dbt ships, as macros; a project's own of the same name take their place.</summary>
internal static class TestMacros
{
    /// <summary>Each macro, by its name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["test_unique"] = """
                {% test unique(model, column_name) %}
                select {{ column_name }} as unique_field, count(*) as n_records
                from {{ model }}
                where {{ column_name }} is not null
                group by {{ column_name }}
                having count(*) > 1
                {% endtest %}
                """,
            ["test_not_null"] = """
                {% test not_null(model, column_name) %}
                select *
                from {{ model }}
                where {{ column_name }} is null
                {% endtest %}
                """,
            ["test_accepted_values"] = """
                {% test accepted_values(model, column_name, values, quote=True) %}
                select {{ column_name }} as value_field, count(*) as n_records
                from {{ model }}
                where {{ column_name }} not in (
                    {%- for value in values -%}
                    {%- if quote -%} '{{ (value | string).replace("'", "''") }}' {%- else -%} {{ value }} {%- endif -%}
                    {%- if not loop.last -%} , {%- endif -%}
                    {%- endfor -%}
                )
                group by {{ column_name }}
                {% endtest %}
                """,
            ["test_relationships"] = """
                {% test relationships(model, column_name, to, field) %}
                select child.{{ column_name }} as from_field, count(*) as n_records
                from {{ model }} as child
                left join {{ to }} as parent on child.{{ column_name }} = parent.{{ field }}
                where child.{{ column_name }} is not null and parent.{{ field }} is null
                group by child.{{ column_name }}
                {% endtest %}
                """,
        };
}
