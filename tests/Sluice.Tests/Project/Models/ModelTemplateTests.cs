using CsCheck;
using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Project.Models;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Yaml;

namespace Sluice.Tests.Project.Models;

/// <summary>What a template tells about its model. What it renders to is in tests/templates.</summary>
public sealed class ModelTemplateTests
{
    private static readonly string[] Pieces =
    [
        "{{",
        "}}",
        "{%",
        "%}",
        "-",
        " ",
        "if",
        "for",
        "x",
        "in",
        "endif",
        "endfor",
        "set",
        "=",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "'a'",
        "1",
        ".",
        ",",
        "|",
        "upper",
        "macro",
        "endmacro",
        "call",
        "ref",
        "\n",
        "~",
        "*",
        "range",
        "raw",
        "{#",
        "#}",
        "'",
    ];

    private readonly MacroLibrary _macros = new();
    private readonly Problems _problems = new();

    private static ModelScope Scope { get; } = new(DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc), "duckdb");

    [Fact]
    public void What_it_reads_is_listed_once_each_and_not_from_comments()
    {
        var template = Parse(
            "{{ ref('a') }}{{ ref('b') }}{{ ref('a') }}{# {{ ref('c') }} #}{{ source('app', 'users') }}{{ source('app', 'users') }}"
        );

        Assert.Equal(["a", "b"], template.Refs);
        Assert.Equal([TableId.Raw("app", "users")], template.Sources);
    }

    [Fact]
    public void What_is_read_in_branches_not_taken_is_listed_too()
    {
        var template = Parse(
            """
            {% if is_incremental() %}{{ ref('a') }}{% elif false %}{{ source('app', 'b') }}{% endif %}
            {% if execute %}{{ ref('c' ~ 1) }}{% endif %}{{ 'x' if true else ref('d') }}
            {% macro never() %}{{ ref('e') }}{% endmacro %}
            """
        );

        Assert.Equal(["a", "c1", "d", "e"], template.Refs.Order(StringComparer.Ordinal));
        Assert.Equal([TableId.Raw("app", "b")], template.Sources);
    }

    [Fact]
    public void What_the_macros_read_that_it_can_reach_is_listed()
    {
        _macros.Add(
            "macros/m.sql",
            """
            {% macro outer() %}{% if false %}{{ inner() }}{% endif %}{% endmacro %}
            {% macro inner() %}{{ ref('a') }}{{ outer() }}{% endmacro %}
            {% macro other() %}{{ ref('b') }}{% endmacro %}
            """,
            _problems
        );

        Assert.Equal(["a"], Parse("{{ outer() }}").Refs);
    }

    [Fact]
    public void What_comes_up_in_a_run_only_is_refused()
    {
        var template = Parse("select * from {{ ref(var('ds')) }}");

        Assert.Equal(
            "models/m.sql:1: ref('2015-05-01') came up in this run only: its name depends on the run, and what a model reads is pinned before.\n"
                + "    Name it in so many words, for example in a comment of SQL: -- depends_on: {{ ref('2015-05-01') }}.",
            Assert.Throws<DefinitionException>(() => template.Render(Scope)).Message
        );
    }

    [Fact]
    public void Its_configuration_has_the_lines_it_stands_on()
    {
        var template = Parse(
            "\n{{ config(materialized='table',\n  tags='a') }}\n{{ config({'pre-hook': 'x', 'tags': ['b', 'a'], 'n': 1}) }}"
        );

        Assert.Equal(
            [("materialized", "table", 2), ("n", 1L, 4), ("pre_hook", "x", 4), ("tags", "a b", 4)],
            template
                .Config.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one =>
                    (
                        one.Key,
                        one.Value.Value is List<object?> list ? string.Join(' ', list) : one.Value.Value,
                        one.Value.Line
                    )
                )
        );
    }

    [Theory]
    [InlineData(false, "all of dev on duckdb with file, x")]
    [InlineData(true, "new of prod on spark with line, 3")]
    public void It_is_rendered_for_the_run(bool isIncremental, string expected)
    {
        var template = Parse(
            "{{ config(materialized='incremental') }}{{ 'new' if is_incremental() else 'all' }} of {{ target.name }} on {{ target.type }} with {{ var('v') }}, {{ var('w', 'x') }}"
        );
        var scope = isIncremental
            ? Scope with
            {
                IsIncremental = true,
                TargetName = "prod",
                TargetType = "spark",
                Variables = new Dictionary<string, object?> { ["v"] = "line", ["w"] = 3L },
            }
            : Scope;

        Assert.Equal(expected, template.Render(scope));
    }

    [Theory]
    [InlineData("duckdb", "select \"app\".\"users\" \"marts\".\"dim_user\" \"marts\".\"m\"")]
    [InlineData("spark", "select `app`.`users` `marts`.`dim_user` `marts`.`m`")]
    public void Tables_are_quoted_as_the_engine_does(string engine, string expected)
    {
        var template = Parse("select {{ source('app', 'users') }} {{ ref('dim_user') }} {{ this }}");

        Assert.Equal(expected, template.Render(Scope with { TargetType = engine }));
    }

    [Fact]
    public void A_branch_that_only_a_later_run_takes_is_checked_now()
    {
        Parse(
            "{{ config(materialized='incremental') }}\n{% if is_incremental() %}\n{{ nope }}\n{% endif %}\n{% if execute %}\n{{ run_query('x') }}\n{% endif %}"
        );

        // In an if the first problem ends the reading of it; the two ifs are read in different renderings.
        Assert.Equal(["models/m.sql:6", "models/m.sql:3"], Found().Select(one => $"{one.File}:{one.Line}"));
    }

    [Fact]
    public void What_a_template_changes_is_new_again_the_next_time()
    {
        var template = Parse("{% set xs = var('list') %}{% do xs.append(1) %}{{ xs }}");

        Assert.Equal("[0, 1]", template.Render(Scope));
        Assert.Equal("[0, 1]", template.Render(Scope));
    }

    [Fact]
    public void Every_problem_of_a_file_is_reported()
    {
        Parse("{{ this.x }}\n{{ nope }}\n{{ var('y') }}\n{{ 1 + 'a' }}");

        Assert.Equal([1, 2, 3, 4], Found().Select(problem => problem.Line));
    }

    [Fact]
    public void A_text_without_brackets_renders_to_itself() =>
        Gen.String[Gen.Char["ab{}%# \n\t'\"-é\\"], 0, 40]
            .Where(text => !text.Contains("{{") && !text.Contains("{%") && !text.Contains("{#"))
            .Sample(text => Parse(text).Render(Scope) == text);

    [Fact]
    public void A_minus_takes_all_white_space_on_its_side_and_nothing_else() =>
        Gen.Select(Gen.String[Gen.Char["a \n\t"], 0, 10], Gen.String[Gen.Char["b \n\t"], 0, 10], Gen.Bool, Gen.Bool)
            .Sample(
                (before, after, left, right) =>
                    Parse($"{before}{{%{(left ? "-" : "")} set x = 1 {(right ? "-" : "")}%}}{after}").Render(Scope)
                    == (left ? before.TrimEnd() : before) + (right ? after.TrimStart() : after)
            );

    [Fact]
    public void No_text_ends_the_program() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(at => Pieces[at])
            .Array[0, 25]
            .Sample(parts =>
            {
                var problems = new Problems();
                var template = Parse(string.Concat(parts), problems);
                return problems.Count > 0 || template.Render(Scope) is not null;
            });

    private ModelTemplate Parse(string template) => Parse(template, _problems);

    private ModelTemplate Parse(string template, Problems problems) =>
        ModelTemplate.Parse(
            "models/m.sql",
            template,
            new TemplateProject(
                "shop",
                new Dictionary<string, object?>
                {
                    ["v"] = "file",
                    ["list"] = new List<object?> { 0L },
                },
                _macros
            ),
            new Dictionary<string, ConfigValue>(StringComparer.Ordinal),
            problems
        );

    private IReadOnlyList<Diagnostic> Found() => Assert.Throws<DefinitionException>(_problems.ThrowIfAny).Diagnostics;
}
