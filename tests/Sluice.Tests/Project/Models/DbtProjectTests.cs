using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Time;
using Sluice.Project;
using Sluice.Project.Models;

namespace Sluice.Tests.Project.Models;

/// <summary>What <c>dbt_project.yml</c> says, as the project's models see it.</summary>
public sealed class DbtProjectTests
{
    private const string Minimal = WrittenProject.Minimal;

    [Fact]
    public void The_file_of_a_new_dbt_project_is_read_and_the_nearest_folder_counts()
    {
        const string Yaml = """
            name: 'shop'
            version: '1.0.0'
            config-version: 2
            profile: 'shop'
            model-paths: ["models"]
            analysis-paths: ["analyses"]
            test-paths: ["tests"]
            seed-paths: ["seeds"]
            macro-paths: ["macros"]
            snapshot-paths: ["snapshots"]
            clean-targets: ["target", "dbt_packages"]
            require-dbt-version: [">=1.0.0", "<2.0.0"]
            flags: {send_anonymous_usage_stats: false}
            quoting: {identifier: true}
            models:
              +tags: all
              +meta: {a: 1, b: {c: 2}}
              shop:
                materialized: view
                marts:
                  +materialized: table
                  +tags: [marts, all]
                  +meta: {b: 3}
                  deep:
                    one: {+enabled: false}
              other: {+materialized: nonsense}
            """;
        var models = Load(
            Yaml,
            ("models/marts/deep/one.sql", "select 1"),
            ("models/marts/deep/two.sql", "{{ config(tags='two', alias='zwei') }}select {{ config.get('meta').b }}"),
            ("models/three.sql", "{{ config(materialized='table', meta={'d': [4]}) }}select 1")
        );

        Assert.Equal(["three", "two"], models.Select(model => model.Name));
        var (three, two) = (models[0].Config, models[1].Config);
        Assert.Equal(Materialization.Table, two.Materialized);
        Assert.Equal(["all", "marts", "two"], two.Tags);
        Assert.Equal("zwei", two.Alias);
        Assert.Equal([("a", 1L), ("b", 3L)], two.Meta.Select(one => (one.Key, one.Value!)));
        Assert.Equal(["all"], three.Tags);
        Assert.Equal(["a", "b", "d"], three.Meta.Keys);
    }

    [Fact]
    public void A_configuration_has_types()
    {
        var config = Load(
            "name: shop\n",
            (
                "models/m.sql",
                "{{ config(unique_key=['a', 'b'], partition_by='ds', incremental_strategy='delete+insert', on_schema_change='sync_all_columns', schema='x', my_own={'k': 1}) }}select 1"
            )
        )[0].Config;

        Assert.Equal(["a", "b"], config.UniqueKey);
        Assert.Equal(["ds"], config.PartitionBy);
        Assert.Equal(IncrementalStrategy.DeleteInsert, config.IncrementalStrategy);
        Assert.Equal(SchemaChangePolicy.SyncAllColumns, config.OnSchemaChange);
    }

    [Theory]
    [InlineData("materialized='tabl'", "'tabl' is not known for 'materialized'.\n    Did you mean 'table'?")]
    [InlineData(
        "materialised='table'",
        "the configuration has no 'materialised'.\n    Did you mean 'materialized'? Keys of your own belong below meta."
    )]
    [InlineData(
        "incremental_strategy='microbatch'",
        "'microbatch' is not known for 'incremental_strategy'.\n    There are: append, delete+insert, insert_overwrite, merge."
    )]
    [InlineData(
        "materialized='incremental', incremental_strategy='insert_overwrite'",
        "'insert_overwrite' replaces partitions, and 'partition_by' names none.\n    Add partition_by='day', or use materialized='table' to replace all rows."
    )]
    [InlineData("meta={'arithmetic': 'fast'}", "'arithmetic' below meta is 'checked' or 'engine'.")]
    [InlineData("on_schema_change='fai'", "'fai' is not known for 'on_schema_change'.\n    Did you mean 'fail'?")]
    [InlineData("enabled='yes'", "'enabled' is true or false.")]
    [InlineData("unique_key=5", "'unique_key' takes a text or a list of texts.")]
    [InlineData("tags=[1]", "'tags' takes a text or a list of texts.")]
    [InlineData("meta='x'", "'meta' takes keys of its own.")]
    [InlineData("alias=[]", "'alias' takes a text.")]
    [InlineData(
        "post_hook='drop table x'",
        "the configuration 'post_hook' is not taken.\n    What a hook does is part of no build and cannot be taken back. Write it as a model."
    )]
    [InlineData(
        "full_refresh=false",
        "the configuration 'full_refresh' is not taken.\n    Say it on the command line: --full-refresh."
    )]
    [InlineData(
        "contract={'enforced': true}",
        "a contract is not enforced by this version.\n    Remove it, so that nobody relies on it."
    )]
    public void A_wrong_configuration_is_named_with_its_line(string config, string expected) =>
        Assert.Equal(
            $"models/m.sql:2: {expected}",
            WrittenProject.Problem(Minimal, ("models/m.sql", $"-- a model\n{{{{ config({config}) }}}}\nselect 1"))
        );

    [Fact]
    public void A_wrong_configuration_of_a_folder_is_named_there() =>
        Assert.Equal(
            "dbt_project.yml:2: 'tabl' is not known for 'materialized'.\n    Did you mean 'table'?",
            WrittenProject.Problem(
                Minimal,
                ("dbt_project.yml", "name: shop\nmodels: {+materialized: tabl}\n"),
                ("models/m.sql", "select 1")
            )
        );

    [Fact]
    public void Variables_have_types_and_the_command_line_counts_before_the_project_and_that_before_all()
    {
        const string Yaml = """
            name: shop
            vars:
              n: 7
              rate: 0.5
              yes: on
              list: [a, 1]
              map: {k: {l: 'v'}}
              day: 2015-05-01
              quoted: "7"
              nothing:
              of: all
              env: "{{ env_var('SLUICE_NO_SUCH', '5') | as_number }}"
              shop: {of: project, given: file}
              other_package: {of: other}
            """;
        const string Sql =
            "{{ var('n') + 1 }} {{ var('rate') }} {{ var('yes') }} {{ var('list') }} {{ var('map').k.l }} {{ var('day') }} {{ var('quoted') }} {{ var('nothing') }} {{ var('of') }} {{ var('env') + 1 }} {{ var('given') }} {{ var('more')[0] }}";
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", Minimal);
        folder.Write("dbt_project.yml", Yaml);
        folder.Write("models/m.sql", Sql);
        var variables = ModelVariables.Parse("{given: line, more: [3]}");
        var model = ProjectLoader.Load(folder.Path, variables).Definition.Models.Get("m");

        Assert.Equal(
            "8 0.5 True ['a', 1] v 2015-05-01 7 None project 6 line 3",
            model.Render(new(DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc), "duckdb"))
        );
    }

    [Theory]
    [InlineData("country: de", "country=de")]
    [InlineData("{\"a\": 1, \"b\": [true, null]}", "a=1 b=System.Collections.Generic.List`1[System.Object]")]
    public void The_variables_of_the_command_line_are_a_map(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', ModelVariables.Parse(text).Select(one => $"{one.Key}={one.Value}")));

    [Theory]
    [InlineData("")]
    [InlineData("country")]
    [InlineData("[1]")]
    [InlineData("{a: ")]
    public void Other_texts_are_no_variables(string text) =>
        Assert.Contains(
            "is no list of names with values",
            Assert.Throws<DefinitionException>(() => ModelVariables.Parse(text)).Message
        );

    [Theory]
    [InlineData("ds")]
    [InlineData("data_interval_end")]
    public void A_variable_of_the_run_is_not_set_on_the_command_line(string name) =>
        Assert.StartsWith(
            $"--vars cannot set '{name}'",
            Assert.Throws<DefinitionException>(() => ModelVariables.Parse($"{{{name}: 2015-05-01}}")).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("dbt_project.yml", "name: a\non-run-end: \"drop\"\n", "dbt_project.yml:2: hooks are not run.")]
    [InlineData(
        "dbt_project.yml",
        "name: a\nsource-paths: [m]\n",
        "dbt_project.yml:2: 'source-paths' is called 'model-paths' since dbt 1.0."
    )]
    [InlineData(
        "dbt_project.yml",
        "name: a\nunit_tests: {+enabled: false}\n",
        "dbt_project.yml:2: configuration of tests by folder is not read by this version."
    )]
    [InlineData(
        "dbt_project.yml",
        "name: a\ntests: {a: {+severty: warn}}\n",
        "dbt_project.yml:2: a test has no 'severty'."
    )]
    [InlineData("dbt_project.yml", "name: a\nvar: {}\n", "dbt_project.yml:2: the key 'var' is not known here.")]
    [InlineData("dbt_project.yml", "name: a\nvars:\n  x: \"{{ nope }}\"\n", "dbt_project.yml:3: 'nope' is not known.")]
    [InlineData(
        "packages.yml",
        "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.0.0\n",
        "packages.yml:1: packages are not installed."
    )]
    [InlineData(
        "dependencies.yml",
        "projects: []\npackages: [{local: x}]\n",
        "dependencies.yml:2: packages are not installed."
    )]
    [InlineData("snapshots/s.sql", "{% snapshot s %}{% endsnapshot %}", "snapshots/s.sql:1: snapshots are not run.")]
    [InlineData(
        "models/p.py",
        "def model(dbt, session): pass",
        "models/p.py: a model is a .sql file with one SELECT: Python is not run."
    )]
    [InlineData("macros/m.sql", "{% macro a( %}", "macros/m.sql:1: '}' stands where '(' should be closed.")]
    public void What_would_change_the_meaning_is_refused(string file, string content, string expected) =>
        Assert.Equal([expected], WrittenProject.Problems(Minimal, (file, content)));

    [Theory]
    [InlineData("dbt_project.yml", "name: a\non-run-end: []\nmodels:\nvars:\nsnapshots: {}\n")]
    [InlineData("packages.yml", "packages: []\n")]
    [InlineData("packages.yml", "\n")]
    public void What_is_empty_is_not(string file, string content) => WrittenProject.Load(Minimal, (file, content));

    [Fact]
    public void Macros_are_found_in_the_macro_paths()
    {
        var model = Load(
            "name: shop\nmacro-paths: [lib]\n",
            ("lib/deep/a.sql", "{% macro a() %}{{ b() }}{% endmacro %}"),
            ("lib/b.sql", "{% macro b() %}7{% endmacro %}"),
            ("macros/c.sql", "{% nonsense %}"),
            ("models/m.sql", "select {{ a() }}")
        )[0];

        Assert.Equal("select 7", model.Render(new(DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc), "duckdb")));
    }

    private static IReadOnlyList<ModelDefinition> Load(string dbt, params (string Name, string Content)[] files) =>
        WrittenProject.Load(Minimal, [("dbt_project.yml", dbt), .. files]).Definition.Models.Ordered;
}
