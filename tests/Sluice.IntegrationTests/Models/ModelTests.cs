namespace Sluice.IntegrationTests.Models;

/// <summary>Models are SQL files: built in order, only where something changed, and published together.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly SluiceProject _project = SluiceProject.Of(
        "create table t (id integer primary key, n bigint, s text); insert into t values (1, 10, 'a'), (2, 20, 'b'); create table u (id integer); insert into u values (5)",
        "t:",
        "u:"
    );

    public ModelTests()
    {
        _project.Write("models/base.sql", "select id, n from {{ source('app', 't') }}");
        _project.Write("models/above.sql", "select sum(n) as n from {{ ref('base') }}");
        _project.Write("models/beside.sql", "select id from {{ source('app', 'u') }}");
    }

    [Fact]
    public void A_changed_model_is_built_again_with_what_reads_it_and_nothing_else()
    {
        _project.RunDay();
        _project.Write("models/base.sql", "select id, n + 1 as n from {{ source('app', 't') }}");

        var run = _project.RunDay();

        Assert.Equal(["above", "base"], Built(run));
        Assert.Equal("32", _project.Value("select n from above"));
        Assert.Equal("30", _project.Value("select n from above", asOf: "1"));
    }

    [Fact]
    public void A_changed_input_builds_what_reads_it_and_nothing_else()
    {
        _project.RunDay();
        _project.Sql("insert into u values (6)");
        _project.Run("extract", "u", "--date", SluiceProject.Day, "--reextract").Done();

        var run = _project.Run("model", "--date", SluiceProject.Day).Done();

        Assert.Equal(["beside"], Built(run));
        Assert.Equal("2", _project.Value("select count(*) from beside"));
    }

    [Fact]
    public void A_comment_for_the_template_changes_no_model()
    {
        _project.RunDay();
        _project.Write("models/base.sql", "{# why #}select id, n from {{ source('app', 't') }}");
        Assert.Empty(Built(_project.RunDay()));
    }

    [Fact]
    public void A_full_refresh_builds_everything()
    {
        _project.RunDay();
        var run = _project.Run("model", "--date", SluiceProject.Day, "--full-refresh").Done();
        Assert.Equal(["above", "base", "beside"], Built(run));
        Assert.Contains("build 2 is published", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_that_are_named_are_built_and_the_others_are_taken_over()
    {
        _project.RunDay();
        _project.Write("models/beside.sql", "select id + 1 as id from {{ source('app', 'u') }}");
        _project.Write("models/base.sql", "select id, 0 as n from {{ source('app', 't') }}");

        var run = _project.Run("model", "beside", "--date", SluiceProject.Day).Done();

        Assert.Equal(["beside"], Built(run));
        Assert.Equal("6,30", _project.Value("select (select id from beside), (select n from above)"));
    }

    [Fact]
    public void A_model_alone_needs_a_build_of_the_day()
    {
        _project.Run("extract", "--date", SluiceProject.Day).Done();
        _project
            .Run("model", "base", "--date", SluiceProject.Day)
            .Fails(1, "has not been built for 2015-05-01", "without names");
    }

    [Fact]
    public void An_unknown_model_is_answered_with_the_nearest_one() =>
        _project.Run("model", "bsae", "--date", SluiceProject.Day).Fails(2, "no model 'bsae'", "base");

    [Fact]
    public void A_wrong_statement_is_named_with_its_file_and_nothing_is_published()
    {
        _project.RunDay();
        _project.Write("models/base.sql", "select nope from {{ source('app', 't') }}");

        var run = _project
            .Run("run", "--date", SluiceProject.Day)
            .Fails(1, "model base (models/base.sql, line 1)", "nope", "nothing was published");

        Assert.Contains(run.Lines, line => line.Contains(" above ") && line.Contains("upstream_failed"));
        Assert.Equal("30", _project.Value("select n from above"));
    }

    [Theory]
    [InlineData("select n nm t", "syntax error")]
    [InlineData("copy (select 1) to 'x.csv'", "only a SELECT")]
    [InlineData("select 1 as a; select 2 as b", "several statements")]
    [InlineData("select 1 as a, 2 as A", "two columns are called 'A'")]
    [InlineData("select [1, 2] as list", "the column 'list' has the type INTEGER[], which the lake cannot hold")]
    [InlineData("select interval 1 day as span", "'span' has the type INTERVAL", "cast(span as varchar)")]
    [InlineData("select sum(x) as total from (values (9223372036854775807), (1)) v(x)", "INT64", "9223372036854775808")]
    [InlineData("select * from read_csv('/etc/passwd')", "models/odd.sql")]
    [InlineData("select * from read_csv('app.db')", "models/odd.sql")]
    public void A_model_that_cannot_be_kept_is_named_with_its_file(string sql, params string[] words)
    {
        _project.Write("models/odd.sql", sql);
        _project.Run("run", "--date", SluiceProject.Day).Fails(1, ["model odd (models/odd.sql", .. words]);
        Assert.False(Directory.Exists(_project.TableFolder("marts/odd")));
        _project.AssertNothingStaged();
    }

    [Fact]
    public void Sums_of_integers_are_integers()
    {
        _project.RunDay();
        Assert.Equal("BIGINT", _project.Value("select typeof(n) from above"));
    }

    [Fact]
    public void An_empty_result_is_an_empty_table_with_its_types()
    {
        _project.Write(
            "models/blank.sql",
            "select id, s, cast(n as decimal(10, 2)) as d, now() as seen from {{ source('app', 't') }} where false"
        );
        _project.RunDay();
        Assert.Equal(
            ["id BIGINT", "s VARCHAR", "d DECIMAL(10,2)", "seen TIMESTAMP WITH TIME ZONE"],
            _project.Query("select column_name || ' ' || column_type from (describe blank)")
        );
        Assert.Equal("0", _project.Value("select count(*) from blank"));
    }

    [Fact]
    public void Types_of_the_lake_come_back_as_they_were()
    {
        _project.Write(
            "models/types.sql",
            """
            select
                true as b, 1::tinyint as i8, 2::smallint as i16, 3::integer as i32, 4::bigint as i64, 0.5::float as f, 0.1::double as d,
                12345678901234567890.12345678::decimal(38, 8) as dec, 'é' as s, '\x00\xFF'::blob as x, date '2015-05-01' as day,
                timestamptz '2015-05-01T10:00:00+02:00' as instant, timestamp '2015-05-01 10:00:00.123456' as wall
            """
        );
        _project.RunDay();
        Assert.Equal(
            "true,1,2,3,4,0.5,0.1,12345678901234567890.12345678,é,00ff,2015-05-01,2015-05-01 08:00:00,2015-05-01 10:00:00.123456",
            _project.Value("select * replace (instant::timestamp as instant, wall::timestamp as wall) from types")
        );
    }

    [Fact]
    public void A_model_sees_the_copy_of_its_day_and_the_date_as_a_variable()
    {
        _project.Write(
            "models/day.sql",
            "select '{{ var('ds') }}' as day, max(ds) as ds, count(*) as n from {{ source('app', 't') }}"
        );
        _project.RunDay();
        _project.Sql("delete from t where id = 2");
        _project.RunDay("2015-05-02");
        Assert.Equal("2015-05-02,2015-05-02,1", _project.Value("select * from day"));
        Assert.Equal("2015-05-01,2015-05-01,2", _project.Value("select * from day", asOf: "1"));
    }

    [Fact]
    public void A_model_that_is_deleted_is_gone_from_the_next_build()
    {
        _project.RunDay();
        File.Delete(Path.Combine(_project.Folder, "models", "beside.sql"));
        _project.RunDay();
        _project.Run("query", "select * from beside").Fails(1, "beside");
        Assert.Equal("1", _project.Value("select count(*) from beside", asOf: "1"));
    }

    [Fact]
    public void Models_that_read_each_other_in_a_circle_are_named()
    {
        _project.Write("models/base.sql", "select * from {{ ref('above') }}");
        _project.Run("model", "--date", SluiceProject.Day).Fails(2, "circle", "above", "base");
    }

    public void Dispose() => _project.Dispose();

    private static IEnumerable<string> Built(CliResult run) =>
        run
            .Lines.Where(line =>
                line.StartsWith("dimension_modeling", StringComparison.Ordinal) && line.Contains(" rows ")
            )
            .Where(line => !line.Contains("done before"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .Order(StringComparer.Ordinal);
}
