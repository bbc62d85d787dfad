using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Project;
using static Sluice.Tests.Project.WrittenProject;

namespace Sluice.Tests.Project;

public sealed class ProjectLoaderTests
{
    [Fact]
    public void The_sample_loads()
    {
        var project = ProjectLoader.Load(Path.Combine(Repository.Root, "samples", "ecommerce")).Definition;

        Assert.Equal("ecommerce", project.Name);
        Assert.Equal(
            ["users", "step1", "step2", "step3", "step4", "step5", "step6", "events"],
            project.Sources[0].Tables.Select(table => table.Name)
        );
        Assert.Equal(15, project.Models.Ordered.Count);
        Assert.Equal(
            ["checkout", "payment_to_confirmation", "search_to_payment", "step6_visits"],
            project.Funnels.Keys
        );
    }

    [Fact]
    public void Everything_has_a_default()
    {
        var (project, engine) = Load("name: x\n");

        Assert.Equal(("x", TimeZoneInfo.Utc), (project.Name, project.TimeZone));
        Assert.Equal((SourceKind.Import, "import"), (project.Sources[0].Kind, project.Sources[0].Name));
        Assert.Empty(project.Models.Ordered);
        Assert.Empty(project.Funnels);
        Assert.Null(project.Users);
        Assert.Equal(new(0, null), engine);
    }

    [Fact]
    public void Without_a_name_a_project_is_called_like_its_folder()
    {
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", Minimal);

        Assert.Equal(Path.GetFileName(folder.Path), ProjectLoader.Load(folder.Path).Definition.Name);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var (project, engine) = Load(
            """
            name: shop
            timezone: Europe/Berlin
            engine: {kind: duckdb, threads: 3, memory_mib: 512}
            sources:
              app:
                kind: sqlite
                path: data/app.db
                timezone: America/New_York
                tables:
                  users: {mode: snapshot, key: [id, "part two"], columns: {zip: {type: string}, price: {type: "decimal(10,2)"}}}
                  "odd \"name\"":
              files: {kind: import}
            events:
              visits: {event: page, time: at, user: uid, session: sid, properties: props}
              plain:
            users: {table: dim_user, key: uid, valid_from: since, valid_to: until}
            """
        );

        Assert.Equal("Europe/Berlin", project.TimeZone.Id);
        Assert.Equal(new(3, 512), engine);
        Assert.Equal(["app", "files"], project.Sources.Select(source => source.Name));
        Assert.EndsWith("/data/app.db", project.Sources[0].Path, StringComparison.Ordinal);
        Assert.Equal("America/New_York", project.Sources[0].TimeZone!.Id);
        var users = project.Sources[0].Tables[0];
        Assert.Equal(["id", "part two"], users.Key);
        Assert.Equal(ColumnKind.String, users.TypeOf("zip")!.Value.Kind);
        Assert.Equal(ColumnType.Decimal(10, 2), users.TypeOf("price"));
        Assert.Equal("odd \"name\"", project.Sources[0].Tables[1].Name);
        Assert.Equal(
            new()
            {
                Event = "page",
                Time = "at",
                User = "uid",
                Session = "sid",
                Properties = "props",
            },
            project.Events["visits"]
        );
        Assert.Equal(new(), project.Events["plain"]);
        Assert.Equal(new("dim_user", "uid", "since", "until"), project.Users);
        Assert.True(project.IsImport("files") && !project.IsImport("app"));
    }

    [Theory]
    [InlineData("", "sluice.yaml:1: the file has no keys.")]
    [InlineData(
        "users: {table: t, key: k, valid_to: until}\n",
        "sluice.yaml:1: 'valid_to' needs 'valid_from' beside it."
    )]
    [InlineData("- a\n", "sluice.yaml:1: the file has no keys.")]
    [InlineData(
        "name: x\nsurces: {}\n",
        "sluice.yaml:2: the key 'surces' is not known here.\n    Did you mean 'sources'?"
    )]
    [InlineData(
        "\ntimezone: Mars/Olympus\n",
        "sluice.yaml:2: the time zone 'Mars/Olympus' is not known.\n    Zones have the names of the IANA database, such as UTC, Europe/Berlin or America/New_York."
    )]
    [InlineData(
        "name: x\nsources:\n  app:\n    kind: oracle\n",
        "sluice.yaml:4: the kind of source 'oracle' is not known.\n    Kinds are: sqlite, mysql, postgresql, import."
    )]
    [InlineData(
        "sources:\n  app:\n    path: x\n",
        "sluice.yaml:3: 'kind' is missing.\n    Kinds are: sqlite, mysql, postgresql, import."
    )]
    [InlineData(
        "sources:\n  app:\n",
        "sluice.yaml:2: the source 'app' says nothing.\n    Write at least kind and path."
    )]
    [InlineData("sources:\n  app:\n    kind: sqlite\n    tables: {users: }\n", "sluice.yaml:3: 'path' is missing.")]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n",
        "sluice.yaml:3: the source 'app' names no tables.\n    List them under tables:, for example  users: {key: user_id}"
    )]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n    tables:\n",
        "sluice.yaml:5: the source 'app' names no tables.\n    List them under tables:, for example  users: {key: user_id}"
    )]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n    tables:\n      users: {mode: incremental}\n",
        "sluice.yaml:6: an incremental load needs a cursor.\n    Write cursor: updated_at, or a growing id."
    )]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n    tables:\n      users:\n        columns:\n          zip: {type: strin}\n",
        "sluice.yaml:8: the type 'strin' is not known.\n    Did you mean 'string'?"
    )]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n    tables:\n      users: {lookback: 1h}\n",
        "sluice.yaml:6: 'lookback' belongs to mode: incremental, and this table is a snapshot."
    )]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n    tables:\n      users: {mode: append}\n",
        "sluice.yaml:6: 'append' is not known for 'mode'.\n    It is one of: snapshot, incremental."
    )]
    [InlineData(
        "sources:\n  app:\n    kind: sqlite\n    path: x\n    tables:\n      users: {columns: {mail: {salt: x}}}\n",
        "sluice.yaml:6: a salt belongs to hash: sha256."
    )]
    [InlineData(
        "sources:\n  app:\n    url: postgresql://shop\n    tables: {users: }\n",
        "sluice.yaml:3: the source does not say which database it is.\n    Write url: postgresql://user:${env:PASSWORD}@host:5432/database, or the keys host, database, user and password."
    )]
    [InlineData(
        "sources:\n  app:\n    url: mysql://h/d?tls=maybe\n    tables: {users: }\n",
        "sluice.yaml:3: 'maybe' is no way of encryption.\n    There are: disable, prefer, require, verify_ca, verify_full."
    )]
    [InlineData(
        "sources:\n  app:\n    url: mysql://h/d\n    throttle: {hours: 22-5}\n    tables: {users: }\n",
        "sluice.yaml:4: '22-5' is no span of hours.\n    Write it as 22:00-05:30."
    )]
    [InlineData("name: x\ntimezone: [UTC]\n", "sluice.yaml:2: 'timezone' takes a single value.")]
    [InlineData("sources: x\n", "sluice.yaml:1: 'sources' takes keys of its own.")]
    [InlineData("users: {table: dim_user}\n", "sluice.yaml:1: 'key' is missing.")]
    [InlineData(
        "events:\n  visits:\n    tme: at\n",
        "sluice.yaml:3: the key 'tme' is not known here.\n    Did you mean 'time'?"
    )]
    [InlineData(
        "engine: {kind: spark}\n",
        "sluice.yaml:1: the engine 'spark' is not known.\n    Engines are: duckdb. Spark is still to come."
    )]
    [InlineData("engine:\n  threads: many\n", "sluice.yaml:2: 'threads' is a whole number from 0 to 1024.")]
    [InlineData("engine:\n  threads: 1025\n", "sluice.yaml:2: 'threads' is a whole number from 0 to 1024.")]
    public void What_is_wrong_is_named_with_its_line(string yaml, string expected) =>
        Assert.Equal(expected, Problem(yaml));

    [Theory]
    [InlineData("name: x\nsources: {app: [}\n", 2)]
    [InlineData("name: x\n  sources:\n", 2)]
    [InlineData("name: 'x\n", 1)]
    [InlineData("a: 1\n\n\nb: \"\\q\"\n", 4)]
    [InlineData("name: x\nname: y\n", 2)]
    public void Broken_yaml_is_told_with_its_line(string yaml, int line)
    {
        var problem = Problem(yaml);

        Assert.StartsWith($"sluice.yaml:{line}: this is no YAML:", problem, StringComparison.Ordinal);
        Assert.Contains("Check the indentation and the quotes", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("marts")]
    [InlineData("main")]
    [InlineData("information_schema")]
    [InlineData("2nd")]
    [InlineData("my app")]
    [InlineData("größe")]
    [InlineData("a-b")]
    [InlineData("a/b")]
    [InlineData("a\\\"b")]
    public void A_source_needs_a_name_that_is_a_schema_in_sql(string name) =>
        Assert.StartsWith(
            "sluice.yaml:2: a source cannot be called '",
            Problem($"sources:\n  \"{name}\": {{kind: import}}\n"),
            StringComparison.Ordinal
        );

    [Fact]
    public void Problems_of_all_files_are_reported_at_once() =>
        Assert.Equal(
            [
                "sluice.yaml:2: the time zone 'nowhere' is not known.",
                "sluice.yaml:4: the kind of source 'x' is not known.",
                "dbt_project.yml:1: the key 'nme' is not known here.",
                "models/a.sql:2: 'that' is not known.",
                "models/b.sql:1: '{{' is never closed.",
                "models/schema.yml:2: there is no model 'c' to test.",
                "funnels/f.yaml:2: '14x' is no duration.",
            ],
            Problems(
                "name: x\ntimezone: nowhere\nsources:\n  app: {kind: x}\n",
                ("dbt_project.yml", "nme: x\n"),
                ("models/a.sql", "select 1\nfrom {{ that }}\n"),
                ("models/b.sql", "select {{ var('ds')\n"),
                ("models/schema.yml", "models:\n  - name: c\n    data_tests: [unique]\n"),
                ("funnels/f.yaml", "steps: [a, b]\nwindow: 14x\n")
            )
        );

    [Fact]
    public void A_model_that_reads_what_is_not_there_is_named() =>
        Assert.Equal(
            "models/staging/a.sql:1: source('app', 'user') names no table of sluice.yaml.\n    Did you mean 'app.users'?",
            Problem(Minimal, ("models/staging/a.sql", "select * from {{ source('app', 'user') }}"))
        );

    [Fact]
    public void Two_models_of_one_name_are_refused_though_they_lie_in_two_folders() =>
        Assert.Equal(
            ["models/y/A.sql: the model 'A' is there twice, also as models/x/a.sql."],
            Problems(Minimal, ("models/x/a.sql", "select 1"), ("models/y/A.sql", "select 2"))
        );

    [Fact]
    public void Descriptions_of_a_property_file_are_welcome() =>
        Assert.Empty(
            Load(
                Minimal,
                ("models/schema.yml", "version: 2\nmodels:\n  - name: a\n    description: data_tests\n")
            ).Definition.Models.Ordered
        );

    [Fact]
    public void Models_are_read_from_the_paths_of_the_dbt_project()
    {
        var project = Load(
            Minimal,
            ("dbt_project.yml", "model-paths: [sql, more]\nvars: {country: de}\n"),
            ("sql/deep/a.sql", "select '{{ var('country') }}'"),
            ("more/b.sql", "select * from {{ ref('a') }}"),
            ("models/ignored.sql", "select {{ nonsense }}")
        ).Definition;

        Assert.Equal(["a", "b"], project.Models.Ordered.Select(model => model.Name));
        Assert.Equal("sql/deep/a.sql", project.Models.Get("a").File);
    }

    [Fact]
    public void The_root_is_found_from_a_folder_below()
    {
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", Minimal);
        folder.Write("models/staging/a.sql", "select 1");

        Assert.Equal(folder.Path, ProjectLoader.FindRoot(Path.Combine(folder.Path, "models", "staging")));
    }

    [Fact]
    public void Where_there_is_no_project_it_says_how_to_make_one()
    {
        using var folder = new TempFolder();

        var wrong = Assert.Throws<DefinitionException>(() => ProjectLoader.FindRoot(folder.Path));

        Assert.Equal($"There is no sluice.yaml in '{folder.Path}' or above it.", wrong.Problem);
        Assert.Contains("sluice init", wrong.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_all_sections_are_reported_at_once()
    {
        string[] expected =
        [
            "models/a.sql:1: ref('b') names no model.",
            "sluice.yaml:1: the time zone 'nowhere' is not known.",
            "sluice.yaml:2: the engine 'spark' is not known.",
            "sluice.yaml:3: the key 'tme' is not known here.",
            "sluice.yaml:4: 'key' is missing.",
        ];

        var found = Problems(
            "timezone: nowhere\nengine: {kind: spark}\nevents: {visits: {tme: at}}\nusers: {table: dim_user}\n",
            ("models/a.sql", "select * from {{ ref('b') }}")
        );

        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_broken_funnel_can_be_left_to_whoever_asks_for_it()
    {
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", Minimal);
        folder.Write("funnels/whole.yaml", "steps: [a, b]\n");
        folder.Write("funnels/bad.yaml", "steps: [a\n");
        folder.Write("funnels/wrong.yaml", "steps: [a, b]\nwindow: 14x\n");
        folder.Write("funnels/twice.yaml", "steps: [a, b]\n");
        folder.Write("funnels/twice.yml", "steps: [a, c]\n");

        var project = ProjectLoader.LoadForFunnels(folder.Path).Definition;

        Assert.Equal(["whole"], project.Funnels.Keys);
        Assert.Equal(["bad", "twice", "wrong"], project.BrokenFunnels.Keys);
        Assert.Equal("whole", project.Funnel("whole").Name);
        var wrong = Assert.Single(Assert.Throws<DefinitionException>(() => project.Funnel("wrong")).Diagnostics);
        Assert.Equal(("funnels/wrong.yaml", 2, "'14x' is no duration."), (wrong.File, wrong.Line, wrong.Message));
        Assert.Equal(3, Assert.Throws<DefinitionException>(() => ProjectLoader.Load(folder.Path)).Diagnostics.Count);
    }

    [Fact]
    public void Funnels_of_what_is_published_need_no_model()
    {
        using var folder = new TempFolder();
        folder.Write("sluice.yaml", Minimal);
        folder.Write("dbt_project.yml", "models: [\n");
        folder.Write("models/a.sql", "select * from {{ ref('nothing') }}");
        folder.Write("funnels/whole.yaml", "steps: [a, b]\n");

        Assert.Equal(["whole"], ProjectLoader.LoadForFunnels(folder.Path).Definition.Funnels.Keys);
        Assert.Throws<DefinitionException>(() => ProjectLoader.Load(folder.Path));
    }

    [Fact]
    public void Broken_yaml_does_not_hide_the_problems_of_other_files() =>
        Assert.Equal(2, Problems("sources: [\n", ("funnels/f.yaml", "steps: [a]\n")).Count());

    [Theory]
    [InlineData("MARTS")]
    [InlineData("Main")]
    [InlineData("Temp")]
    public void A_reserved_name_is_reserved_in_any_case(string name) =>
        Assert.Single(Problems($"sources: {{{name}: {{kind: import}}}}\n"));

    [Fact]
    public void Two_sources_that_differ_in_case_only_are_refused() =>
        Assert.Single(Problems("sources: {app: {kind: import}, App: {kind: import}}\n"));

    [Fact]
    public void A_database_that_is_called_import_is_not_also_the_import_source()
    {
        var project = Load("sources: {import: {kind: sqlite, path: x, tables: {users: }}}\n").Definition;

        Assert.Single(project.Sources, source => source.Name == "import");
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_one_problem() =>
        Assert.Equal(
            ["sluice.yaml:1: 'path' takes a single value."],
            Problems("sources: {app: {kind: sqlite, path: [x], tables: {users: }}}\n")
        );

    [Theory]
    [InlineData("null")]
    [InlineData("~")]
    public void Yamls_null_is_nothing(string nothing) =>
        Assert.Equal(TimeZoneInfo.Utc, Load($"timezone: {nothing}\n").Definition.TimeZone);
}
