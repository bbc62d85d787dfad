using Sluice.Core.Models;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Project.Models;

/// <summary>What <c>schema.yml</c>, seeds and test files say.</summary>
public sealed class PropertyFileTests
{
    private const string Minimal = WrittenProject.Minimal;
    private static readonly ModelScope Scope = new(DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc), "duckdb");

    [Theory]
    [InlineData("- unique")]
    [InlineData("- unique: {}")]
    [InlineData("- {name: unique_a_id, test_name: unique}")]
    public void A_test_is_written_in_several_ways(string written)
    {
        var test = Assert.Single(Tests($"columns: [{{name: id, data_tests: [{written[2..]}]}}]"));

        Assert.Equal(("unique_a_id", "unique", "id"), (test.Name, test.Kind, test.Column));
        Assert.Equal(["a"], test.Refs);
        Assert.Contains("group by id", test.Render(Scope), StringComparison.Ordinal);
        Assert.Contains("\"marts\".\"a\"", test.Render(Scope), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accepted_values: {values: [x, \"it's\"]}")]
    [InlineData("accepted_values: {arguments: {values: [x, \"it's\"]}}")]
    public void Arguments_stand_beside_or_below(string written)
    {
        var test = Assert.Single(Tests($"columns: [{{name: c, data_tests: [{{{written}}}]}}]"));

        Assert.Contains("not in ('x','it''s')", test.Render(Scope), StringComparison.Ordinal);
        Assert.Equal("accepted_values_a_c__x__it_s", test.Name);
    }

    [Theory]
    [InlineData("\"ref('b')\"")]
    [InlineData("\"{{ ref('b') }}\"")]
    public void A_relationship_reads_the_other_model(string to)
    {
        var test = Assert.Single(
            Tests($"columns: [{{name: id, data_tests: [{{relationships: {{to: {to}, field: id}}}}]}}]")
        );

        Assert.Equal(["a", "b"], test.Refs.Order());
        Assert.Contains("left join \"marts\".\"b\" as parent", test.Render(Scope), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not_null: {config: {severity: warn, where: \"id > {{ var('ds')[:4] }}\", warn_if: '> 3', limit: 5}}")]
    [InlineData("not_null: {severity: WARN, where: \"id > {{ var('ds')[:4] }}\", warn_if: '>3', limit: 5}")]
    public void How_a_test_runs_is_configured(string written)
    {
        var test = Assert.Single(Tests($"columns: [{{name: id, tests: [{{{written}}}]}}]"));

        Assert.Equal(TestSeverity.Warn, test.Severity);
        Assert.Equal(new TestThreshold(">", 3), test.WarnIf);
        Assert.Equal(5, test.Limit);
        Assert.Contains(
            "(select * from \"marts\".\"a\" where id > 2015) dbt_subquery",
            test.Render(Scope),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("tests: {+severity: warn}", TestSeverity.Warn, TestSeverity.Warn, TestSeverity.Warn)]
    [InlineData(
        "data_tests: {shop: {inner: {+severity: warn}}}",
        TestSeverity.Error,
        TestSeverity.Warn,
        TestSeverity.Error
    )]
    [InlineData(
        "tests: {+severity: warn, shop: {one: {severity: error}}}",
        TestSeverity.Warn,
        TestSeverity.Warn,
        TestSeverity.Error
    )]
    public void A_folder_configures_tests(string written, TestSeverity outer, TestSeverity inner, TestSeverity file)
    {
        const string Properties =
            "models: [{{name: {0}, columns: [{{name: id, tests: [unique, {{not_null: {{severity: error}}}}]}}]}}]";
        var project = WrittenProject
            .Load(
                Minimal,
                ("dbt_project.yml", $"name: shop\n{written}\n"),
                ("models/a.sql", "select 1 as id"),
                ("models/a.yml", string.Format(null, Properties, "a")),
                ("models/inner/b.sql", "select 1 as id"),
                ("models/inner/b.yml", string.Format(null, Properties, "b")),
                ("models/inner/empty.yml", "# nothing yet\n\n"),
                ("tests/one.sql", "select * from {{ ref('a') }}")
            )
            .Definition;

        Assert.Equal([outer, TestSeverity.Error], project.Models.Get("a").Tests.Select(test => test.Severity));
        Assert.Equal([inner, TestSeverity.Error], project.Models.Get("b").Tests.Select(test => test.Severity));
        Assert.Equal(file, Assert.Single(project.OtherTests).Severity);
    }

    [Fact]
    public void A_project_brings_tests_of_its_own()
    {
        var test = Assert.Single(
            Tests(
                "columns: [{name: id, data_tests: [{above: {least: 3}}]}]",
                (
                    "tests/generic/above.sql",
                    "{% test above(model, column_name, least) %}select * from {{ model }} where {{ column_name }} <= {{ least }}{% endtest %}"
                )
            )
        );

        Assert.Equal("select * from \"marts\".\"a\" where id <= 3", test.Render(Scope));
    }

    [Fact]
    public void A_long_name_ends_in_a_digest() =>
        Assert.Equal(
            // What dbt calls the same test of its sample project.
            "accepted_values_orders_1ce6ab157c285f7cd2ac656013faf758",
            Assert
                .Single(
                    Load(
                        "version: 2\nmodels: [{name: orders, columns: [{name: status, tests: [{accepted_values: {values: [placed, shipped, completed, return_pending, returned]}}]}]}]",
                        ("models/orders.sql", "select 1 as status")
                    )
                        .Models.Get("orders")
                        .Tests
                )
                .Name
        );

    [Theory]
    [InlineData("data_tests: [uniqe]", "models/schema.yml:1: there is no test 'uniqe'.\n    Did you mean 'unique'?")]
    [InlineData(
        "data_tests: [dbt_utils.at_least_one]",
        "models/schema.yml:1: the test 'dbt_utils.at_least_one' is of a package, and packages are not installed.\n    Copy it into macros/ as {% test name(model, column_name) %}, with its licence, and write it without the package."
    )]
    [InlineData(
        "data_tests: [{accepted_values: {values: [1], config: {severity: loud}}}]",
        "models/schema.yml:1: 'loud' is no severity.\n    Write error or warn."
    )]
    [InlineData(
        "data_tests: [{unique: {config: {warn_if: many}}}]",
        "models/schema.yml:1: 'many' is no condition on a number of failures.\n    Write for example '> 10' or '!= 0'."
    )]
    [InlineData(
        "descripton: x",
        "models/schema.yml:1: the key 'descripton' is not known here.\n    Did you mean 'description'?"
    )]
    public void What_is_wrong_at_a_column_is_told(string written, string expected) =>
        Assert.Equal(
            expected,
            WrittenProject.Problem(
                Minimal,
                ("models/a.sql", "select 1 as id"),
                ("models/schema.yml", $"models: [{{name: a, columns: [{{name: id, {written}}}]}}]")
            )
        );

    [Fact]
    public void A_file_of_the_test_folder_is_a_test()
    {
        var project = Load(
            "version: 2",
            ("models/a.sql", "select 1 as id"),
            ("tests/none.sql", "{{ config(severity='warn') }}select * from {{ ref('a') }} where id < 0")
        );

        var test = Assert.Single(project.OtherTests);
        Assert.Equal(("none", "singular", TestSeverity.Warn), (test.Name, test.Kind, test.Severity));
        Assert.Equal(["a"], test.Refs);
    }

    [Fact]
    public void A_unit_test_has_rows_of_several_formats()
    {
        var project = Load(
            """
            unit_tests:
              - name: u
                model: a
                overrides: {macros: {is_incremental: true}, vars: {x: 3}, env_vars: {E: 7}}
                given:
                  - {input: "source('app', 'users')", rows: [{id: 1, name: null}, {id: 2}]}
                  - {input: this, format: csv, rows: "id,name\n5,\n6,\"a,b\""}
                  - {input: "ref('b')", format: sql, rows: "select 1 as one"}
                expect: {format: csv, fixture: wanted}
            """,
            ("models/a.sql", "select * from {{ source('app', 'users') }}, {{ ref('b') }}"),
            ("models/b.sql", "select 1 as one"),
            ("tests/fixtures/wanted.csv", "id\n1\n")
        );

        var test = Assert.Single(project.Models.Get("a").UnitTests);
        Assert.True(test.IsIncremental);
        Assert.Equal(3L, test.Variables["x"]);
        Assert.Equal("7", test.Environment["E"]);
        Assert.Equal(
            [TableId.Raw("app", "users"), TableId.Mart("a"), TableId.Mart("b")],
            test.Given.Select(input => input.Table)
        );
        Assert.Equal([1L, 2L], test.Given[0].Rows.Rows.Select(row => row["id"]));
        Assert.Equal(["id", "name"], test.Given[1].Rows.Columns);
        Assert.Equal([null, "a,b"], test.Given[1].Rows.Rows.Select(row => row["name"]));
        Assert.Equal("select 1 as one", test.Given[2].Rows.Sql);
        Assert.Equal("1", Assert.Single(test.Expect.Rows)["id"]);
    }

    [Theory]
    [InlineData(
        "{name: u, model: b, expect: {rows: []}}",
        "models/schema.yml:1: the unit test 'u' names the model 'b', which is not there.\n    There are: a."
    )]
    [InlineData(
        "{name: u, model: a}",
        "models/schema.yml:1: a unit test needs the rows that it expects.\n    Write expect: {rows: [{…}]}."
    )]
    [InlineData(
        "{name: u, model: a, given: [{input: users, rows: []}], expect: {rows: []}}",
        "models/schema.yml:1: 'users' is no input.\n    Write ref('model'), source('source', 'table') or this."
    )]
    [InlineData(
        "{name: u, model: a, given: [{input: this, fixture: no, format: csv}], expect: {rows: []}}",
        "models/schema.yml:1: there is no fixture 'no'.\n    There are none yet."
    )]
    public void What_is_wrong_in_a_unit_test_is_told(string written, string expected) =>
        Assert.Equal(
            expected,
            WrittenProject.Problem(
                Minimal,
                ("models/a.sql", "select 1 as id"),
                ("models/schema.yml", $"unit_tests: [{written}]")
            )
        );

    [Fact]
    public void Sources_are_described_tested_and_fresh()
    {
        var project = Load(
            """
            sources:
              - name: app
                description: The shop's own database.
                loaded_at_field: seen
                freshness: {warn_after: {count: 12, period: hour}, error_after: {count: 1, period: day}}
                tables:
                  - name: users
                    description: Who bought.
                    meta: {copies: all}
                    columns: [{name: id, data_tests: [unique]}]
            """
        );

        var source = Assert.Single(project.SourceProperties);
        Assert.Equal(("Who bought.", "The shop's own database."), (source.Node.Description, source.SourceDescription));
        Assert.Equal(new("seen", TimeSpan.FromHours(12), TimeSpan.FromDays(1), null), source.Freshness);
        Assert.Equal([TableId.Raw("app", "users")], project.TablesOfAllCopies);
        var test = Assert.Single(project.OtherTests);
        Assert.Equal("source_unique_app_users_id", test.Name);
        Assert.Equal([TableId.Raw("app", "users")], test.Sources);
    }

    [Fact]
    public void A_seed_is_a_table_that_ref_finds()
    {
        var project = Load(
            "seeds: [{name: lands, description: All lands., config: {column_types: {code: varchar}}}]",
            ("seeds/lands.csv", "code,name\n1,one\n"),
            ("models/a.sql", "select * from {{ ref('lands') }}")
        );

        var seed = project.Models.Get("lands");
        Assert.Equal("All lands.", seed.Properties.Description);
        Assert.Equal("varchar", seed.Seed!.ColumnTypes["CODE"]);
        Assert.Equal(["lands", "a"], project.Models.Ordered.Select(model => model.Name));
    }

    [Fact]
    public void The_configuration_of_a_property_file_is_between_the_folders_and_the_models_own()
    {
        var project = Load(
            "models: [{name: a, config: {materialized: view, tags: [y]}}, {name: b, config: {materialized: view}}]",
            ("dbt_project.yml", "name: p\nmodels: {p: {+materialized: ephemeral, +tags: x}}"),
            ("models/a.sql", "select 1"),
            ("models/b.sql", "{{ config(materialized='table') }}select 1")
        );

        Assert.Equal(Materialization.View, project.Models.Get("a").Config.Materialized);
        Assert.Equal(["x", "y"], project.Models.Get("a").Config.Tags);
        Assert.Equal(Materialization.Table, project.Models.Get("b").Config.Materialized);
    }

    [Fact]
    public void What_a_unit_test_gives_goes_before_what_the_process_has() =>
        Assert.Equal(
            "select 'own' as a, 'none' as b",
            Load(
                "version: 2",
                (
                    "models/a.sql",
                    "select '{{ env_var('SLUICE_A', 'none') }}' as a, '{{ env_var('SLUICE_B', 'none') }}' as b"
                )
            )
                .Models.Get("a")
                .Render(Scope with { Environment = new Dictionary<string, string> { ["SLUICE_A"] = "own" } })
        );

    [Fact]
    public void Descriptions_take_doc_blocks() =>
        Assert.Equal(
            "Placed, then *sent*.",
            Load(
                "models: [{name: a, columns: [{name: id, description: '{{ doc(\"state\") }}'}]}]",
                ("models/a.sql", "select 1 as id"),
                ("models/docs.md", "{% docs state %}\nPlaced, then *sent*.\n{% enddocs %}")
            )
                .Models.Get("a")
                .Properties.Columns[0]
                .Description
        );

    private static IReadOnlyList<DataTest> Tests(string node, params (string Name, string Content)[] files) =>
        Load(
            $"models: [{{name: a, {node}}}]",
            [("models/a.sql", "select 1 as id"), ("models/b.sql", "select 1 as id"), .. files]
        )
            .Models.Get("a")
            .Tests;

    private static ProjectDefinition Load(string yaml, params (string Name, string Content)[] files) =>
        WrittenProject.Load(Minimal, [("models/schema.yml", yaml), .. files]).Definition;
}
