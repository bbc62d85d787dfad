using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Project.Models;
using Sluice.Project.Yaml;

namespace Sluice.Tests.Project.Models;

public sealed class ModelTemplateTests
{
    [Theory]
    [InlineData("select 1", "select 1")]
    [InlineData("", "")]
    [InlineData("select * from {{ ref('dim_user') }}", "select * from \"marts\".\"dim_user\"")]
    [InlineData("from {{ref(\"dim_user\")}} u", "from \"marts\".\"dim_user\" u")]
    [InlineData("{{ source('app', 'users') }}", "\"app\".\"users\"")]
    [InlineData("{{ source( 'app' ,\n 'odd \"name' ) }}", "\"app\".\"odd \"\"name\"")]
    [InlineData("date '{{ var('ds') }}'", "date '2015-05-01'")]
    [InlineData("{{ var('country') }}", "de")]
    [InlineData("{{ var('country', 'fr') }}", "de")]
    [InlineData("{{ var('other', 'fr') }}", "fr")]
    [InlineData("{{ var('other', '') }}", "")]
    [InlineData("{{ config(materialized='table') }}select 1", "select 1")]
    [InlineData("{{ config(materialized = \"table\") }}select 1", "select 1")]
    [InlineData("'{{ target.type }}'", "'duckdb'")]
    [InlineData("a{# {{ ref('x') }} \n it's a comment #}b", "ab")]
    [InlineData("a{#- x -#}b", "ab")]
    [InlineData("{{- ref('a') -}}", "\"marts\".\"a\"")]
    [InlineData("select '{', '}', '}}', '%}', '#}'", "select '{', '}', '}}', '%}', '#}'")]
    [InlineData("select {'a': 1}", "select {'a': 1}")]
    public void A_template_is_rendered(string template, string expected) => Assert.Equal(expected, Render(template));

    [Fact]
    public void What_it_reads_is_listed_once_each_and_not_from_comments()
    {
        var template = Parse(
            "{{ ref('a') }}{{ ref('b') }}{{ ref('a') }}{# {{ ref('c') }} #}{{ source('app', 'users') }}{{ source('app', 'users') }}",
            []
        );

        Assert.Equal(["a", "b"], template.Refs);
        Assert.Equal([TableId.Raw("app", "users")], template.Sources);
    }

    [Theory]
    [InlineData(
        "select 1\n{% if is_incremental() %}\n",
        "m.sql:2: '{% if is_incremental() %}' is not part of the templates that this version renders."
    )]
    [InlineData(
        "{%- set x = 1 -%}",
        "m.sql:1: '{% set x = 1 %}' is not part of the templates that this version renders."
    )]
    [InlineData("\n\n{{ ref('a') ", "m.sql:3: '{{' is never closed.")]
    [InlineData("a\n{# b", "m.sql:2: '{#' is never closed.")]
    [InlineData("{% if", "m.sql:1: '{%' is never closed.")]
    [InlineData("{{ this }}", "m.sql:1: '{{ this }}' is not part of the templates that this version renders.")]
    [InlineData("{{ ref }}", "m.sql:1: '{{ ref }}' is not part of the templates that this version renders.")]
    [InlineData(
        "{{ ref('a', 'b') }}",
        "m.sql:1: '{{ ref('a', 'b') }}' is not part of the templates that this version renders."
    )]
    [InlineData("{{ ref(a) }}", "m.sql:1: '{{ ref(a) }}' is not part of the templates that this version renders.")]
    [InlineData(
        "{{ ref('a', v=2) }}",
        "m.sql:1: '{{ ref('a', v=2) }}' is not part of the templates that this version renders."
    )]
    [InlineData(
        "{{ source('app') }}",
        "m.sql:1: '{{ source('app') }}' is not part of the templates that this version renders."
    )]
    [InlineData(
        "{{ 'a' ~ 'b' }}",
        "m.sql:1: '{{ 'a' ~ 'b' }}' is not part of the templates that this version renders."
    )]
    [InlineData(
        "{{ ref('a') | upper }}",
        "m.sql:1: '{{ ref('a') | upper }}' is not part of the templates that this version renders."
    )]
    [InlineData(
        "{{ config(materialized='incremental') }}",
        "m.sql:1: '{{ config(materialized='incremental') }}' is not part of the templates that this version renders."
    )]
    [InlineData(
        "{{ config(materialized='table', tags='x') }}",
        "m.sql:1: '{{ config(materialized='table', tags='x') }}' is not part of the templates that this version renders."
    )]
    [InlineData("{{ }}", "m.sql:1: '{{  }}' is not part of the templates that this version renders.")]
    [InlineData("\n{{ var('other') }}", "m.sql:2: var('other') has no value.")]
    public void What_is_not_known_is_refused_with_its_line(string template, string expected)
    {
        var problems = new List<Diagnostic>();
        Parse(template, problems);

        Assert.Equal(expected, (Assert.Single(problems) with { Hint = null }).ToString());
    }

    [Fact]
    public void Every_problem_of_a_file_is_reported()
    {
        var problems = new List<Diagnostic>();
        Parse("{{ this }}\n{% set x %}\n{{ var('y') }}\n{{", problems);

        Assert.Equal([1, 2, 3, 4], problems.Select(problem => problem.Line));
    }

    private static string Render(string template)
    {
        var problems = new List<Diagnostic>();
        var text = Parse(template, problems)
            .Render(new ModelScope(DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc), "duckdb"));
        Assert.Empty(problems);
        return text;
    }

    private static ModelTemplate Parse(string template, List<Diagnostic> found)
    {
        var problems = new Problems();
        var parsed = ModelTemplate.Parse(
            "m.sql",
            template,
            new Dictionary<string, string> { ["country"] = "de" },
            problems
        );
        try
        {
            problems.ThrowIfAny();
        }
        catch (DefinitionException wrong)
        {
            found.AddRange(wrong.Diagnostics);
        }

        return parsed;
    }

    [Theory]
    [InlineData("{{ config }}")]
    [InlineData("{{ target.type() }}")]
    public void A_call_needs_its_parentheses_and_a_value_has_none(string template)
    {
        var problems = new List<Diagnostic>();
        Parse(template, problems);

        Assert.Single(problems);
    }
}
