namespace Sluice.IntegrationTests.Models;

/// <summary>A model that fails does so alone, with its name, the line of its file and what the engine says.</summary>
public sealed class FailingModelTests : IDisposable
{
    private readonly SluiceProject _project = SluiceProject.Of(
        "create table t (id integer primary key, n bigint, d integer, s text); insert into t values (1, 10, 2, '7'), (2, 20, 0, 'x')",
        "t:"
    );

    public FailingModelTests() =>
        _project.Write("models/good.sql", "select id, n / 2 as half from {{ source('app', 't') }}");

    [Fact]
    public void Each_names_its_line() =>
        AssertFail(
            ("n / d", "line 8): Invalid Input Error: division by zero"),
            ("n // d", "line 8): Invalid Input Error: division by zero"),
            ("n % d", "line 8): Invalid Input Error: division by zero"),
            ("mod(n, d)", "line 8): Invalid Input Error: division by zero"),
            ("n * 9223372036854775807", "line 8): Out of Range Error: Overflow in multiplication of INT64"),
            ("n + 9223372036854775800", "line 8): Out of Range Error: Overflow in addition of INT64"),
            ("cast(n * 100 as tinyint)", "line 8): Conversion Error: Type INT64 with value"),
            ("cast(s as integer)", "line 8): Conversion Error: Could not convert string 'x' to INT32"),
            ("s - n", "line 8): Binder Error: "),
            ("nope", "line 8): Binder Error: Referenced column \"nope\" not found"),
            ("n (n 2", "line 8): syntax error at or near"),
            ("1e308 * n", "'odd' has 2 rows with a number that is infinite or none (NaN)"),
            ("case when d = 0 then 'nan'::float else 0 end", "'odd' has 1 row with a number that is infinite")
        );

    [Fact]
    public void Lines_that_may_be_meant_are_listed()
    {
        _project.Write("models/odd.sql", Statement("n / d as a,\n    n / 2 as b,\n    n"));
        RunAlone().Fails(1, "model odd (models/odd.sql): Invalid", "any of the lines 8, 9.", "nullif");
    }

    [Fact]
    public void The_arithmetic_of_the_engine_is_had_on_request()
    {
        var model = Statement("coalesce(n % d, -1) || ' ' || n / d");
        _project.Write("models/odd.sql", $"{{{{ config(meta={{'arithmetic': 'engine'}}) }}}}{model}");
        _project.RunDay();
        Assert.Equal(["-1 inf", "0 5.0"], _project.Query("select odd from odd order by odd"));

        _project.Write("models/odd.sql", model);
        RunAlone().Fails(1, "division by zero");

        _project.Write("models/odd.sql", "{{ config(meta={'arithmetic': 'odd'}) }}select 1 as a");
        _project.Run("run", "--date", SluiceProject.Day).Fails(2, "models/odd.sql:1", "'checked' or 'engine'");
    }

    [Fact]
    public void A_division_within_try_is_told_what_to_write()
    {
        _project.Write("models/odd.sql", Statement("try(n / d)"));
        RunAlone().Fails(1, "model odd (models/odd.sql", "TRY can not be used", "nullif");
    }

    [Theory]
    [InlineData("n / d", "Invalid Input Error: division by zero")]
    [InlineData("cast(s as integer)", "Conversion Error: Could not convert string 'x' to INT32")]
    [InlineData("nope", "Binder Error: Referenced column \"nope\" not found")]
    public void An_ephemeral_model_is_named_with_its_own_line(string expression, string words)
    {
        _project.Write("models/part.sql", "{{ config(materialized='ephemeral') }}\n" + Statement(expression));
        _project.Write("models/odd.sql", "select\n    id,\n\n\n    odd\nfrom {{ ref('part') }}");
        RunAlone().Fails(1, $"model odd (models/odd.sql): ephemeral model part (models/part.sql, line 9): {words}");
    }

    [Fact]
    public void A_model_above_an_ephemeral_one_is_named_where_it_fails_itself()
    {
        _project.Write("models/part.sql", "{{ config(materialized='ephemeral') }}\n" + Statement("s") + ";");
        _project.Write("models/odd.sql", "select id,\n    cast(odd as int) as odd\nfrom {{ ref('part') }};\n");
        RunAlone().Fails(1, "model odd (models/odd.sql, line 2): ", "Could not convert string 'x' to INT32");
    }

    [Theory]
    [InlineData("n / d", "division by zero")]
    [InlineData("nope", "model odd (models/odd.sql, line 8): Binder Error: Referenced column \"nope\" not found")]
    public void A_unit_test_meets_the_same_failure(string expression, string words)
    {
        _project.Write("models/odd.sql", Statement(expression));
        _project.Write(
            "models/schema.yml",
            """
            unit_tests:
              - name: by_zero
                model: odd
                given:
                  - {input: "source('app', 't')", rows: [{id: 1, n: 1, d: 0}]}
                expect: {rows: [{id: 1, odd: 1}]}
            """
        );
        RunAlone().Fails(1, "unit test by_zero (models/schema.yml, line 2)", words);
    }

    [Fact]
    public void A_damaged_raw_file_is_named_with_the_model_that_reads_it()
    {
        _project.Run("extract", "--date", SluiceProject.Day).Done();
        _project.Write("models/good.sql", "select 1 as half");
        _project.Write("models/odd.sql", Statement("n"));
        var file = Assert.Single(StateFolder.LiveFiles(_project.TableFolder("raw/app/t")));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        RunAlone().Fails(1, "model odd (models/odd.sql): a data file of raw/app/t is damaged", "--reextract");
    }

    public void Dispose() => _project.Dispose();

    private void AssertFail(params IReadOnlyList<(string Expression, string Words)> cases)
    {
        foreach (var (at, (expression, _)) in cases.Index())
        {
            _project.Write($"models/odd{at}.sql", Statement(expression));
        }

        var run = RunAlone();

        Assert.DoesNotContain("LINE ", run.Error, StringComparison.Ordinal);
        foreach (var (at, (_, words)) in cases.Index())
        {
            var line = Assert.Single(run.Error.Split('\n'), line => line.Contains($"model odd{at} ("));
            Assert.Contains(words, line, StringComparison.Ordinal);
        }
    }

    // What does not read the model that fails is built.
    private CliResult RunAlone()
    {
        var run = _project.Run("run", "--date", SluiceProject.Day);
        Assert.Contains(run.Lines, line => line.Contains(" good ") && line.Contains("row"));
        return run;
    }

    // The expression stands on line 8 of the file and on another one of the statement.
    private static string Statement(string expression) =>
        $$$"""
            {% set columns = ['id', 'n'] -%}
            {# The statement has
               other lines. #}
            select
                {% for column in columns %}
                {{ column }} as {{ column }}_,
                {% endfor %}
                {{{expression}}} as odd
            , id
            from {{ source('app', 't') }}
            """;
}
