using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Projects;
using static Sluice.Tests.Core.Models.ModelProjects;

namespace Sluice.Tests.Core.Models.Artifacts;

public sealed class ManifestJsonTests
{
    private static readonly ArtifactRun Run = new("0.1.0", "b7a4", Now);

    // The keys that dbt's schema of manifests, version 12, gives to each kind of node; it allows no others.
    private const string Node =
        "database schema name resource_type package_name path original_file_path unique_id fqn alias checksum config tags "
        + "description columns meta group docs patch_path build_path unrendered_config created_at relation_name raw_code";

    private const string Compiled =
        "language refs sources metrics depends_on compiled_path compiled compiled_code extra_ctes_injected extra_ctes contract";

    private const string TableConfig =
        "enabled alias schema database tags meta group materialized incremental_strategy batch_size lookback begin persist_docs "
        + "post-hook pre-hook quoting column_types full_refresh unique_key on_schema_change on_configuration_change grants "
        + "packages docs contract event_time";

    private static readonly string[] Parts = ["nodes", "sources", "unit_tests"];

    public static TheoryData<string, string> Keys =>
        new()
        {
            {
                "",
                "metadata nodes sources macros docs exposures metrics groups selectors disabled parent_map child_map group_map "
                    + "saved_queries semantic_models unit_tests"
            },
            {
                "metadata",
                "dbt_schema_version dbt_version generated_at invocation_id env project_name project_id user_id "
                    + "send_anonymous_usage_stats adapter_type"
            },
            {
                "nodes/model.shop.dim_user",
                $"{Node} {Compiled} access constraints version latest_version deprecation_date primary_key time_spine"
            },
            { "nodes/model.shop.dim_user/config", $"{TableConfig} access" },
            { "nodes/model.shop.dim_user/checksum", "name checksum" },
            { "nodes/model.shop.dim_user/depends_on", "macros nodes" },
            { "nodes/model.shop.dim_user/contract", "enforced alias_types checksum" },
            { "nodes/model.shop.dim_user/refs/0", "name package version" },
            {
                "nodes/model.shop.dim_user/columns/user_id",
                "name description meta data_type constraints quote tags granularity"
            },
            { "nodes/seed.shop.countries", $"{Node} root_path depends_on" },
            { "nodes/seed.shop.countries/config", $"{TableConfig} delimiter quote_columns" },
            { "nodes/seed.shop.countries/depends_on", "macros" },
            {
                "nodes/test.shop.unique_dim_user_user_id.*",
                $"{Node} {Compiled} test_metadata column_name file_key_name attached_node"
            },
            {
                "nodes/test.shop.unique_dim_user_user_id.*/config",
                "enabled alias schema database tags meta group materialized severity store_failures store_failures_as where "
                    + "limit fail_calc warn_if error_if"
            },
            { "nodes/test.shop.unique_dim_user_user_id.*/test_metadata", "name kwargs namespace" },
            { "nodes/test.shop.no_visit_before_the_user", $"{Node} {Compiled}" },
            {
                "sources/source.shop.app.users",
                "database schema name resource_type package_name path original_file_path unique_id fqn source_name "
                    + "source_description loader identifier quoting loaded_at_field freshness external description columns meta "
                    + "source_meta tags config patch_path unrendered_config relation_name created_at"
            },
            { "sources/source.shop.app.users/freshness", "warn_after error_after filter" },
            { "sources/source.shop.app.users/freshness/warn_after", "count period" },
            {
                "unit_tests/unit_test.shop.dim_user.keeps_the_country",
                "model given expect name resource_type package_name path original_file_path unique_id fqn description overrides "
                    + "depends_on config checksum schema created_at versions version"
            },
            { "unit_tests/unit_test.shop.dim_user.keeps_the_country/given/0", "input rows format fixture" },
            { "unit_tests/unit_test.shop.dim_user.keeps_the_country/expect", "rows format fixture" },
            { "unit_tests/unit_test.shop.dim_user.keeps_the_country/overrides", "macros vars env_vars" },
        };

    [Theory, MemberData(nameof(Keys))]
    public void Every_key_of_the_schema_is_there_and_no_other(string path, string keys) =>
        Assert.Equal(
            keys.Split(' ').Order(StringComparer.Ordinal),
            ArtifactPath
                .At(Manifest(Shop), path)
                .EnumerateObject()
                .Select(key => key.Name)
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [InlineData("metadata/dbt_schema_version", "https://schemas.getdbt.com/dbt/manifest/v12.json")]
    [InlineData("metadata/generated_at", "2015-05-02T03:00:00.000000Z")]
    [InlineData("metadata/env/SLUICE_VERSION", "0.1.0")]
    [InlineData("metadata/adapter_type", "duckdb")]
    [InlineData("nodes/model.shop.dim_user/fqn", """["shop","marts","dim_user"]""")]
    [InlineData("nodes/model.shop.dim_user/path", "marts/dim_user.sql")]
    [InlineData("nodes/model.shop.dim_user/patch_path", "shop://models/schema.yml")]
    [InlineData("nodes/model.shop.dim_user/relation_name", "\"marts\".\"dim_user\"")]
    [InlineData("nodes/model.shop.dim_user/meta", """{"owner":"growth","levels":[1,"two"]}""")]
    [InlineData("nodes/model.shop.dim_user/compiled_code", "select * -- dim_user of 2015-05-01")]
    [InlineData("nodes/model.shop.dim_user/depends_on/nodes", """["model.shop.stg_users","seed.shop.countries"]""")]
    [InlineData("nodes/model.shop.stg_users/config/materialized", "ephemeral")]
    [InlineData("nodes/model.shop.stg_users/relation_name", "")]
    [InlineData("nodes/model.shop.stg_users/sources", """[["app","users"]]""")]
    [InlineData("nodes/model.shop.fact_visit/config/incremental_strategy", "delete+insert")]
    [InlineData("nodes/model.shop.fact_visit/config/unique_key", """["visit_id","user_id"]""")]
    [InlineData("nodes/model.shop.fact_visit/config/on_schema_change", "append_new_columns")]
    [InlineData("nodes/model.shop.users_now/config/unique_key", "user_id")]
    [InlineData("nodes/seed.shop.countries/config/column_types/code", "varchar")]
    [InlineData("nodes/test.shop.accepted_values_dim_user_country__DE__FR.*/config/severity", "WARN")]
    [InlineData("nodes/test.shop.accepted_values_dim_user_country__DE__FR.*/config/warn_if", "> 10")]
    [InlineData(
        "nodes/test.shop.accepted_values_dim_user_country__DE__FR.*/test_metadata/kwargs",
        """{"values":["DE","FR"],"model":"{{ get_where_subquery(ref('dim_user')) }}","column_name":"country"}"""
    )]
    [InlineData("nodes/test.shop.unique_dim_user_user_id.*/raw_code", "{{ test_unique(**_dbt_generic_test_kwargs) }}")]
    [InlineData("nodes/test.shop.unique_dim_user_user_id.*/attached_node", "model.shop.dim_user")]
    [InlineData("sources/source.shop.app.users/freshness/warn_after", """{"count":36,"period":"hour"}""")]
    [InlineData("sources/source.shop.app.users/freshness/error_after", """{"count":3,"period":"day"}""")]
    [InlineData("unit_tests/unit_test.shop.dim_user.keeps_the_country/given/0/input", "ref('stg_users')")]
    [InlineData("unit_tests/unit_test.shop.dim_user.keeps_the_country/given/0/rows", """[{"user_id":1}]""")]
    [InlineData("unit_tests/unit_test.shop.dim_user.keeps_the_country/expect/rows", "select 1 as user_id")]
    [InlineData("parent_map/model.shop.fact_visit", """["model.shop.dim_user","source.shop.app.visits"]""")]
    [InlineData("parent_map/source.shop.app.users", "[]")]
    [InlineData(
        "child_map/source.shop.app.users",
        """["model.shop.stg_users","test.shop.source_not_null_app_users_user_id.*"]"""
    )]
    public void A_value_is_in_dbt_s_words(string path, string expected)
    {
        var value = ArtifactPath.At(Manifest(Shop), path);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : ArtifactPath.Text(value);
        Assert.Equal(expected, ArtifactPath.WithoutHashes(text));
    }

    [Fact]
    public void Every_node_is_in_both_maps()
    {
        var manifest = Manifest(Shop);
        var all = Parts
            .SelectMany(part => manifest.GetProperty(part).EnumerateObject().Select(node => node.Name))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.Equal(12, all.Count);
        foreach (var map in (string[])["parent_map", "child_map"])
        {
            Assert.Equal(
                all,
                manifest.GetProperty(map).EnumerateObject().Select(node => node.Name).Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void A_statement_that_ran_goes_before_one_that_is_rendered()
    {
        var statements = new Dictionary<string, string> { ["dim_user"] = "select 1" };
        var manifest = JsonDocument.Parse(ManifestJson.Write(Shop, Scope, Run, statements)).RootElement;
        Assert.Equal("select 1", ArtifactPath.At(manifest, "nodes/model.shop.dim_user/compiled_code").GetString());
    }

    [Fact]
    public void A_template_that_cannot_be_rendered_is_not_compiled()
    {
        var model = Model("odd", [], []) with { Render = _ => throw new DefinitionException("No such variable.") };
        var node = ArtifactPath.At(Manifest(OfModels([model])), "nodes/model.shop.odd");
        Assert.False(node.GetProperty("compiled").GetBoolean());
        Assert.Equal(JsonValueKind.Null, node.GetProperty("compiled_code").ValueKind);
    }

    [Fact]
    public void Two_tests_of_one_name_with_other_arguments_have_other_ids()
    {
        var test = DimUser.Tests[0];
        var id = new ArtifactId(Shop);
        Assert.Matches("^test\\.shop\\.unique_dim_user_user_id\\.[0-9a-f]{10}$", id.Of(test));
        Assert.NotEqual(
            id.Of(test),
            id.Of(test with { Arguments = new Dictionary<string, object?> { ["where"] = "x" } })
        );
    }

    private static JsonElement Manifest(ProjectDefinition project) =>
        JsonDocument.Parse(ManifestJson.Write(project, Scope, Run)).RootElement;
}
