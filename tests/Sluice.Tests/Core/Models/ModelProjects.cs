using Sluice.Core.Extraction;
using Sluice.Core.Models;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Models;

/// <summary>Projects made by hand: what artifacts and the documentation are made of.</summary>
internal static class ModelProjects
{
    public static readonly DateTimeOffset Now = new(2015, 5, 2, 3, 0, 0, TimeSpan.Zero);
    public static readonly DataInterval Day = DataInterval.OfDay(new DateOnly(2015, 5, 1), TimeZoneInfo.Utc);
    public static readonly ModelScope Scope = new(Day, "duckdb");
    public static readonly TableId Users = TableId.Raw("app", "users");

    /// <summary>One of everything: two raw tables, a seed, models of four kinds, tests of every sort.</summary>
    public static ProjectDefinition Shop { get; } =
        OfModels([Countries, StagedUsers, DimUser, Visits, UserView]) with
        {
            SourceProperties =
            [
                new(
                    Users,
                    new()
                    {
                        Description = "Who signed up.",
                        Columns = [new("user_id", "Their number.")],
                        File = "models/schema.yml",
                    }
                )
                {
                    SourceDescription = "The shop's database.",
                    Freshness = new("updated_at", TimeSpan.FromHours(36), TimeSpan.FromDays(3), null),
                },
            ],
            OtherTests =
            [
                Test("no_visit_before_the_user", "singular", null, null, ["fact_visit", "dim_user"]) with
                {
                    Description = "Nobody comes before he is there.",
                },
                Test("source_not_null_app_users_user_id", "not_null", Users, "user_id", []) with
                {
                    Sources = [Users],
                },
            ],
        };

    public static ModelDefinition Countries =>
        Model("countries", [], []) with
        {
            File = "seeds/countries.csv",
            RawSql = "",
            Seed = new("/shop/seeds/countries.csv", "abc", new Dictionary<string, string> { ["code"] = "varchar" }),
            Properties = new() { Description = "ISO 3166." },
        };

    public static ModelDefinition StagedUsers =>
        Model("stg_users", [], [Users]) with
        {
            Config = new() { Materialized = Materialization.Ephemeral },
        };

    public static ModelDefinition DimUser =>
        Model("dim_user", ["stg_users", "countries"], []) with
        {
            File = "models/marts/dim_user.sql",
            Config = new()
            {
                Tags = ["nightly"],
                Meta = new Dictionary<string, object?>
                {
                    ["owner"] = "growth",
                    ["levels"] = new List<object?> { 1L, "two" },
                },
            },
            Properties = new()
            {
                Description = "One row per user.",
                File = "models/schema.yml",
                Columns =
                [
                    new("user_id", "Their number.") { DataType = "bigint", Tags = ["key"] },
                    new("country", "Where they live."),
                    new("gone", "What the table no longer has."),
                ],
            },
            Tests =
            [
                Test("unique_dim_user_user_id", "unique", TableId.Mart("dim_user"), "user_id", ["dim_user"]),
                Test(
                    "accepted_values_dim_user_country__DE__FR",
                    "accepted_values",
                    TableId.Mart("dim_user"),
                    "country",
                    ["dim_user"]
                ) with
                {
                    Severity = TestSeverity.Warn,
                    WarnIf = new(">", 10),
                    Arguments = new Dictionary<string, object?>
                    {
                        ["values"] = new List<object?> { "DE", "FR" },
                    },
                },
            ],
            UnitTests =
            [
                new()
                {
                    Name = "keeps_the_country",
                    Model = "dim_user",
                    File = "models/schema.yml",
                    Line = 12,
                    Description = "The country stays.",
                    Given =
                    [
                        new(
                            TableId.Mart("stg_users"),
                            new()
                            {
                                Columns = ["user_id"],
                                Rows = [new Dictionary<string, object?> { ["user_id"] = 1L }],
                            }
                        ),
                    ],
                    Expect = new() { Sql = "select 1 as user_id" },
                },
            ],
        };

    public static ModelDefinition Visits =>
        Model("fact_visit", ["dim_user"], [TableId.Raw("app", "visits")]) with
        {
            Config = new()
            {
                Materialized = Materialization.Incremental,
                IncrementalStrategy = IncrementalStrategy.DeleteInsert,
                UniqueKey = ["visit_id", "user_id"],
                PartitionBy = ["ds"],
                OnSchemaChange = SchemaChangePolicy.AppendNewColumns,
            },
        };

    public static ModelDefinition UserView =>
        Model("users_now", ["dim_user"], []) with
        {
            Config = new() { Materialized = Materialization.View, UniqueKey = ["user_id"] },
        };

    public static ModelDefinition Model(string name, string[] refs, TableId[] sources) =>
        new()
        {
            Name = name,
            File = $"models/{name}.sql",
            Refs = refs,
            Sources = sources,
            RawSql = $"select *\nfrom {{{{ of('{name}') }}}}",
            Render = scope => $"select * -- {name} of {scope.Interval.Ds}",
        };

    public static DataTest Test(string name, string kind, TableId? of, string? column, string[] refs) =>
        new()
        {
            Name = name,
            File = of is null ? $"tests/{name}.sql" : "models/schema.yml",
            Line = 7,
            Kind = kind,
            Of = of,
            Column = column,
            Refs = refs,
            Render = _ => $"select 1 -- {name}",
        };

    public static ProjectDefinition OfModels(IReadOnlyList<ModelDefinition> models)
    {
        var tables = models.SelectMany(model => model.Sources).Distinct().ToList();
        return new()
        {
            Name = "shop",
            Root = "/shop",
            Sources =
            [
                .. tables
                    .GroupBy(table => table.Schema)
                    .Select(source => new SourceDefinition
                    {
                        Name = source.Key,
                        Kind = SourceKind.Sqlite,
                        Tables = [.. source.Select(table => new SourceTable { Name = table.Name })],
                    }),
            ],
            Models = ModelGraph.Create(models, tables, []),
        };
    }
}
