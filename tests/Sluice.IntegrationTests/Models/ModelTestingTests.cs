using Sluice.Core.Models;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Testing;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb;
using TestResult = Sluice.Core.Models.Testing.TestResult;

namespace Sluice.IntegrationTests.Models;

public sealed class ModelTestingTests : IDisposable
{
    private static readonly TableId Events = TableId.Raw("app", "events");
    private readonly ModelLab _lab = new();

    [Fact]
    public async Task A_failed_test_leaves_the_table_and_the_build_as_they_were()
    {
        Define(Test("t", "select * from t where id is null"));
        await _lab.LoadAsync(1, "select 1 as id");
        await _lab.BuildAsync(1);
        await _lab.LoadAsync(2, "select null::int as id union all select 2");

        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(2));

        Assert.Equal("The model t failed 1 of its 1 test; nothing of it is published.", failure.Message);
        Assert.Equal(0, (await _lab.NewestAsync("t"))!.Version);
        Assert.Equal([1], _lab.Ports.Builds.ListNewestFirst());
    }

    [Fact]
    public async Task What_a_test_found_is_shown_and_kept()
    {
        Define(Test("t", "select id, day from t where id > 5"));
        await _lab.LoadAsync(1, "select i as id from range(20) t(i)");

        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));

        var result = Assert.Single(failure.Results);
        Assert.Equal((TestStatus.Fail, 14), (result.Status, result.Failures));
        Assert.Equal(["id", "day"], result.Columns);
        Assert.Equal(10, result.Rows.Count);
        Assert.Equal(["6", "1"], result.Rows[0]);
        Assert.Equal(14, await CountAsync(result.KeptIn!));
    }

    [Fact]
    public async Task What_is_kept_goes_when_the_test_passes()
    {
        Define(Test("t", "select * from t where id > 5"));
        await _lab.LoadAsync(1, "select 6 as id");
        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));
        await _lab.LoadAsync(1, "select 5 as id");

        await _lab.BuildAsync(1);

        Assert.False(File.Exists(failure.Results[0].KeptIn));
    }

    [Fact]
    public async Task A_warning_is_reported_and_published()
    {
        Define(Test("t", "select * from t") with { Severity = TestSeverity.Warn });
        await _lab.LoadAsync(1, "select 6 as id");

        var run = await _lab.StartAsync(1);
        var outcome = await run.BuildAsync(_lab.Models[0]);

        Assert.Equal(TestStatus.Warn, Assert.Single(outcome.Tests).Status);
        Assert.NotNull(await _lab.NewestAsync("t"));
    }

    [Theory]
    [InlineData("!= 0", "> 3", 3, TestStatus.Warn)]
    [InlineData("!= 0", "> 2", 3, TestStatus.Fail)]
    [InlineData("> 3", "> 4", 3, TestStatus.Pass)]
    [InlineData("= 3", "= 4", 3, TestStatus.Warn)]
    [InlineData("!= 0", "!= 0", 0, TestStatus.Pass)]
    public async Task Thresholds_decide(string warnIf, string errorIf, int rows, TestStatus expected)
    {
        Define(
            Test("t", "select * from t") with
            {
                WarnIf = TestThreshold.Parse(warnIf)!.Value,
                ErrorIf = TestThreshold.Parse(errorIf)!.Value,
            }
        );
        await _lab.LoadAsync(1, $"select i as id from range({rows}) t(i)");
        var run = await _lab.StartAsync(1);

        TestResult result;
        try
        {
            result = (await run.BuildAsync(_lab.Models[0])).Tests[0];
        }
        catch (TestFailureException failure)
        {
            result = failure.Results[0];
        }

        Assert.Equal((expected, rows), (result.Status, result.Failures));
    }

    [Fact]
    public async Task A_test_that_is_no_sql_fails_the_model_with_the_place()
    {
        Define(Test("t", "select nope from t"));
        await _lab.LoadAsync(1, "select 1 as id");

        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));

        var result = Assert.Single(failure.Results);
        Assert.Equal(TestStatus.Error, result.Status);
        Assert.StartsWith("test t_test (models/schema.yml, line 7): ", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_test_runs_on_the_table_that_is_there()
    {
        Define(Test("t", "select * from t where id > 5"));
        await _lab.LoadAsync(1, "select 3 as id");
        await _lab.BuildAsync(1);
        Define(Test("t", "select * from t where id > 4"));
        var (plan, _) = await _lab.BuildAsync(1);
        Assert.Equal((PlanAction.Check, "tests changed"), (plan.Of("t").Action, plan.Of("t").Reason));
        Assert.Equal(0, (await _lab.NewestAsync("t"))!.Version);
        (plan, _) = await _lab.BuildAsync(1);
        Assert.Equal(PlanAction.Keep, plan.Of("t").Action);

        Define(Test("t", "select * from t where id > 2"));
        await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));
    }

    [Fact]
    public async Task A_test_of_two_models_that_do_not_read_each_other_runs_at_the_end()
    {
        Define(Test("t", """select * from t anti join "marts"."u" using (id)""") with { Refs = ["t", "u"] });
        _lab.Models.Add(ModelLab.Model("u", _ => """select id from "app"."events" where id < 2"""));
        await _lab.LoadAsync(1, "select i as id from range(3) t(i)");

        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));

        Assert.Equal("1 of 1 tests over several tables failed; nothing is published.", failure.Message);
        Assert.Empty(_lab.Ports.Builds.ListNewestFirst());
    }

    [Fact]
    public async Task A_unit_test_runs_the_model_over_given_rows()
    {
        Define();
        var test = Unit(
            Rows(("id", 1L), ("id", 2L), ("id", null)),
            new UnitRows { Columns = ["id"], Rows = [Row(("id", "2")), Row(("id", null)), Row(("id", 1L))] }
        );
        _lab.Models[0] = _lab.Models[0] with { UnitTests = [test] };
        await _lab.LoadAsync(1, "select 7 as id");

        var run = await _lab.StartAsync(1);
        var outcome = await run.BuildAsync(_lab.Models[0]);

        Assert.Equal(TestStatus.Pass, Assert.Single(outcome.Tests).Status);
    }

    [Fact]
    public async Task A_unit_test_shows_what_differs_and_stops_the_model()
    {
        Define();
        var test = Unit(Rows(("id", 1L), ("id", 1L)), Rows(("id", 1L), ("id", 3L)));
        _lab.Models[0] = _lab.Models[0] with { UnitTests = [test] };
        await _lab.LoadAsync(1, "select 7 as id");

        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));

        var result = Assert.Single(failure.Results);
        Assert.Equal(["difference", "id"], result.Columns);
        Assert.Equal(
            ["expected, not given 3", "given, not expected 1"],
            result.Rows.Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal)
        );
        Assert.Null(await _lab.NewestAsync("t"));
    }

    [Fact]
    public async Task A_unit_test_of_an_incremental_model_gives_its_table()
    {
        _lab.Models.Add(
            ModelLab.Model(
                "t",
                scope =>
                    """select id from "app"."events" """
                    + (scope.IsIncremental ? """where id > (select max(id) from "marts"."t")""" : ""),
                new() { Materialized = Materialization.Incremental }
            ) with
            {
                UnitTests =
                [
                    Unit(Rows(("id", 1L), ("id", 5L)), Rows(("id", 5L))) with
                    {
                        IsIncremental = true,
                        Given = [new(Events, Rows(("id", 1L), ("id", 5L))), new(TableId.Mart("t"), Rows(("id", 3L)))],
                    },
                ],
            }
        );
        await _lab.LoadAsync(1, "select 7 as id");

        await _lab.BuildAsync(1);

        Assert.NotNull(await _lab.NewestAsync("t"));
    }

    [Fact]
    public async Task A_unit_test_that_names_no_column_of_the_input_says_so()
    {
        Define();
        _lab.Models[0] = _lab.Models[0] with { UnitTests = [Unit(Rows(("idd", 1L)), Rows(("id", 1L)))] };
        await _lab.LoadAsync(1, "select 7 as id");

        var failure = await Assert.ThrowsAsync<TestFailureException>(() => _lab.BuildAsync(1));

        Assert.Equal(
            "unit test small (models/schema.yml, line 9): raw/app/events has no column 'idd'. Did you mean 'id'?",
            Assert.Single(failure.Results).Message
        );
    }

    [Fact]
    public async Task An_ephemeral_model_is_part_of_what_reads_it()
    {
        _lab.Models.Add(
            ModelLab.Model(
                "inline",
                _ => """select id + 1 as id from "app"."events" """,
                new() { Materialized = Materialization.Ephemeral }
            )
        );
        _lab.Models.Add(ModelLab.Model("t", _ => """select * from "marts"."inline" """, refs: "inline"));
        await _lab.LoadAsync(1, "select 7 as id");

        var (_, build) = await _lab.BuildAsync(1);

        Assert.Equal("8", await _lab.ReadAsync(build, "select * from t"));
        Assert.Null(await _lab.NewestAsync("inline"));
    }

    public void Dispose() => _lab.Dispose();

    private void Define(params DataTest[] tests)
    {
        _lab.Models.Clear();
        _lab.Models.Add(ModelLab.Model("t", _ => """select * from "app"."events" """) with { Tests = tests });
    }

    private static DataTest Test(string model, string sql) =>
        new()
        {
            Name = $"{model}_test",
            File = "models/schema.yml",
            Line = 7,
            Kind = "expression",
            Of = TableId.Mart(model),
            Refs = [model],
            Render = _ => sql,
        };

    private static UnitTest Unit(UnitRows given, UnitRows expect) =>
        new()
        {
            Name = "small",
            Model = "t",
            File = "models/schema.yml",
            Line = 9,
            Given = [new(Events, given)],
            Expect = expect,
        };

    private static UnitRows Rows(params (string Column, object? Value)[] rows) =>
        new() { Columns = [.. rows.Select(row => row.Column).Distinct()], Rows = [.. rows.Select(row => Row(row))] };

    private static IReadOnlyDictionary<string, object?> Row(params (string Column, object? Value)[] cells) =>
        cells.ToDictionary(cell => cell.Column, cell => cell.Value, StringComparer.Ordinal);

    private static async Task<long> CountAsync(string path)
    {
        var engine = new DuckDbEngine(new DuckDbOptions());
        var file = await engine.InspectAsync(path);
        var table = TableId.Raw("x", "y");
        var schema = new TableSchema(file.Columns.Select(column => new Column(column.Name, column.Type)));
        await using var result = await engine.QueryAsync(
            new("select count(*) from x.y", [SqlRelation.Of(table, schema, file)])
        );
        await result.ReadAsync();
        return result.Rows.GetInt64(0);
    }
}
