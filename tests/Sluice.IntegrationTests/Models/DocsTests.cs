using System.Text.Json;

namespace Sluice.IntegrationTests.Models;

/// <summary><c>sluice docs</c> and dbt's artifacts, written by the real command.</summary>
public sealed class DocsTests : IDisposable
{
    private readonly SluiceProject _project = SluiceProject.Of(
        "create table t (id integer primary key, n bigint); insert into t values (1, 10), (2, 20)",
        "t:"
    );

    public DocsTests()
    {
        _project.Write("models/base.sql", "select id, n from {{ source('app', 't') }}");
        _project.Write("models/above.sql", "select sum(n) as n from {{ ref('base') }}");
    }

    [Fact]
    public void A_run_says_what_it_built_and_then_that_nothing_changed()
    {
        _project.RunDay();
        Assert.Equal(["above success  1", "base success  2"], Results());
        Assert.Contains("select sum(n)", Result("model.shop.above").GetProperty("compiled_code").GetString()!);

        _project.Run("model", "--date", SluiceProject.Day).Done();
        Assert.Equal(["above success nothing changed 0", "base success nothing changed 0"], Results());
    }

    [Fact]
    public void A_run_that_fails_says_which_model_and_what_was_skipped()
    {
        _project.Write("models/base.sql", "select nope from {{ source('app', 't') }}");
        _project.Run("run", "--date", SluiceProject.Day).Fails(1, "nope");
        Assert.Equal("skipped", Result("model.shop.above").GetProperty("status").GetString());
        Assert.Equal("error", Result("model.shop.base").GetProperty("status").GetString());
        Assert.Contains("nope", Result("model.shop.base").GetProperty("message").GetString()!);
    }

    [Fact]
    public void The_manifest_has_what_reads_what()
    {
        _project.RunDay();
        var parents = Artifact("manifest.json").GetProperty("parent_map");
        Assert.Equal(
            "model.shop.base",
            Assert.Single(parents.GetProperty("model.shop.above").EnumerateArray()).GetString()
        );
        Assert.Equal(
            "source.shop.app.t",
            Assert.Single(parents.GetProperty("model.shop.base").EnumerateArray()).GetString()
        );
    }

    [Fact]
    public void The_page_has_the_build_the_rows_and_the_columns()
    {
        _project.RunDay();
        var run = _project.Run("docs").Done();
        Assert.Contains(Path.Combine("target", "docs", "index.html"), run.Output, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(_project.Folder, "target", "docs", "index.html"));
        string[] wanted =
        [
            "id=\"model-above\"",
            "id=\"source-app.t\"",
            "1 of 2015-05-01",
            "built in ",
            "<code>id</code>",
            "select sum(n)",
        ];
        Assert.All(wanted, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_goes_where_it_is_asked_to_and_leaves_nothing_beside()
    {
        _project.Run("docs", "--out", "public/site").Done();
        Assert.Equal(
            ["index.html"],
            Directory
                .EnumerateFileSystemEntries(Path.Combine(_project.Folder, "public", "site"))
                .Select(Path.GetFileName)
        );
        Assert.Equal(
            ["manifest.json"],
            Directory.EnumerateFileSystemEntries(Path.Combine(_project.Folder, "target")).Select(Path.GetFileName)
        );
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_told()
    {
        _project.Write("taken", "");
        _project.Run("docs", "--out", "taken").Fails(1, "Could not write", "taken");
    }

    [Fact]
    public void A_target_folder_that_cannot_be_written_stops_no_run()
    {
        _project.Write("target", "");
        var run = _project.RunDay();
        Assert.Contains("build 1 is published", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning: Could not write", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_of_results_is_told()
    {
        _project.Write("target/run_results.json", "{");
        _project.Run("docs").Fails(1, "run_results.json is damaged", "sluice model");
    }

    public void Dispose() => _project.Dispose();

    private IEnumerable<string> Results() =>
        Artifact("run_results.json")
            .GetProperty("results")
            .EnumerateArray()
            .Select(result =>
                $"{result.GetProperty("unique_id").GetString()!.Split('.')[^1]} {result.GetProperty("status").GetString()} "
                + $"{result.GetProperty("message").GetString()} {result.GetProperty("adapter_response").GetProperty("rows_affected")}"
            )
            .Order(StringComparer.Ordinal);

    private JsonElement Result(string id) =>
        Artifact("run_results.json")
            .GetProperty("results")
            .EnumerateArray()
            .Single(result => result.GetProperty("unique_id").GetString() == id);

    private JsonElement Artifact(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(_project.Folder, "target", name))).RootElement;
}
