using System.Text.Json;

namespace Sluice.IntegrationTests.Lake;

/// <summary><c>sluice lake</c>, as a user meets it.</summary>
public sealed class UpkeepCommandTests
{
    private const string NextDay = "2015-05-02";

    [Fact]
    public void History_tells_what_every_version_was()
    {
        using var project = Loaded();
        project.Run("extract", "--date", SluiceProject.Day, "--reextract").Done();

        using var json = JsonDocument.Parse(project.Run("lake", "history", "t", "--format", "json").Done().Output);

        var versions = json.RootElement.EnumerateArray().ToList();
        Assert.Equal([2, 1, 0], versions.Select(entry => entry.GetProperty("version").GetInt32()));
        Assert.All(versions, entry => Assert.Equal("WRITE", entry.GetProperty("operation").GetString()));
        Assert.Equal(
            (1, 1, 3),
            (
                Number(versions[0], "added_files"),
                Number(versions[0], "removed_files"),
                Number(versions[0], "added_rows")
            )
        );
        Assert.Contains("WRITE", project.Run("lake", "history", "app.t").Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_names_each_file_that_is_not_what_it_was()
    {
        using var project = Loaded();
        Assert.Contains(
            "all is as the logs say",
            project.Run("lake", "verify", "--deep").Done().Output,
            StringComparison.Ordinal
        );
        var files = StateFolder.LiveFiles(project.TableFolder("raw/app/t"));
        File.Delete(files[0]);
        File.AppendAllText(files[1], "x");

        var result = project.Run("lake", "verify", "t", "--format", "json").Fails(1, "2 problems");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            json.RootElement.EnumerateArray()
                .Select(problem => problem.GetProperty("file").GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Vacuum_removes_what_no_build_needs()
    {
        using var project = Loaded();
        project.Run("model", "--date", NextDay).Done();
        project.Run("extract", "--date", NextDay, "--reextract").Done();
        project.Run("extract", "--date", NextDay, "--reextract").Done();
        var rows = project.Query("select * from m order by all", asOf: "1");

        Assert.Contains(
            "There is nothing to remove",
            project.Run("lake", "vacuum").Done().Output,
            StringComparison.Ordinal
        );
        var before = project.Files();
        Assert.Contains(
            "1 files",
            project.Run("lake", "vacuum", "--retain", "0s", "--dry-run").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Equal(Data(before), Data(project.Files()));
        Assert.Contains(
            "were removed",
            project.Run("lake", "vacuum", "--retain", "0s").Done().Output,
            StringComparison.Ordinal
        );

        Assert.Equal(rows, project.Query("select * from m order by all", asOf: "1"));
        Assert.Equal(
            rows.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
            project.Value("select count(*) from app.t where ds = '2015-05-02'", asOf: "1")
        );
        project.Run("lake", "verify", "--deep").Done();
    }

    [Fact]
    public void A_restored_table_loads_again_what_it_lacks()
    {
        using var project = Loaded();
        project.Run("model", "--date", NextDay).Done();
        project.Sql("delete from t where id = 2");

        var restored = project.Run("lake", "restore", "t", "--version", "0").Done();

        Assert.Contains("to be run again: 2015-05-02", restored.Output, StringComparison.Ordinal);
        Assert.Equal("3", project.Value("select count(*) from m"));
        project.Run("model", "--date", NextDay).Fails(1);
        project.RunDay(NextDay);
        Assert.Equal("2", project.Value("select count(*) from m"));
        Assert.Equal(
            ["2015-05-01,3", "2015-05-02,2"],
            project.Query("select ds, count(*) from app.t group by ds order by ds")
        );
        project.Run("lake", "restore", "t", "--version", "1").Done();
        project.RunDay(NextDay);
        Assert.Equal("3", project.Value("select count(*) from m"));
    }

    [Fact]
    public void A_restored_log_goes_on_from_the_high_of_then()
    {
        using var project = SluiceProject.Of(
            "create table t (id integer primary key, s text); insert into t values (1, 'a'), (2, 'b')",
            "t: { cursor: id, key: id }"
        );
        project.Write("models/m.sql", "select * from {{ source('app', 't') }}");
        project.RunDay();
        project.Sql("insert into t values (3, 'c')");
        project.RunDay(NextDay);
        project.Run("lake", "restore", "t", "--version", "0").Done();
        project.Sql("insert into t values (4, 'd')");

        project.RunDay("2015-05-03");

        // What the undone day had read is read by the next one: the high went back with it.
        Assert.Equal(["1,a", "2,b", "3,c", "4,d"], project.Query("select id, s from m order by id"));
    }

    [Fact]
    public void Compact_leaves_the_rows_and_the_finished_run_as_they_are()
    {
        using var project = Log(times: 5);
        project.RunDay();
        var rows = project.Query("select * from m order by all");
        var files = StateFolder.LiveFiles(project.TableFolder("raw/app/t")).Count;

        var result = project.Run("lake", "compact", "t", "--format", "json").Done();

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(files, Number(Assert.Single(json.RootElement.EnumerateArray()), "files_before"));
        Assert.Single(StateFolder.LiveFiles(project.TableFolder("raw/app/t")));
        Assert.Contains(
            "There are no small files",
            project.Run("lake", "compact").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains("has it already", project.RunDay().Output, StringComparison.Ordinal);
        project.RunDay(options: "--full-refresh");
        Assert.Equal(rows, project.Query("select * from m order by all"));
        project.Run("lake", "verify", "--deep").Done();
    }

    [Fact]
    public void Many_small_files_of_one_day_are_joined_by_the_load_itself()
    {
        using var project = Log(times: 7);
        project.Sql("update t set s = s + id");

        var last = project.Run("extract", "--date", SluiceProject.Day, "--reextract").Done();

        Assert.Contains("8 part files joined into 1", last.Output, StringComparison.Ordinal);
        Assert.Single(StateFolder.LiveFiles(project.TableFolder("raw/app/t")));
    }

    [Theory]
    [InlineData("lake history nothing", 2, "There is no table 'nothing' in the lake.")]
    [InlineData("lake verify t nothing", 2, "nothing")]
    [InlineData("lake restore t --version 9", 2, "has no version 9; its newest is 1")]
    [InlineData("lake restore m --version 0", 2, "is made by a model")]
    [InlineData("lake compact m", 2, "is made by a model")]
    [InlineData("lake compact --target-size 12", 2, "'12' is no size")]
    [InlineData("lake compact --target-size 1KB", 2, "from 1 MB on")]
    [InlineData("lake vacuum --retain soon", 2, "'soon' is no duration")]
    public void What_cannot_be_done_is_said(string line, int exit, string words)
    {
        using var project = Loaded();
        project.Run("model", "--date", NextDay).Done();

        project.Run(line.Split(' ')).Fails(exit, words);
    }

    [Fact]
    public void A_version_whose_files_are_gone_is_refused_by_name()
    {
        using var project = Loaded();
        var file = StateFolder.LiveFiles(project.TableFolder("raw/app/t"))[0];
        project.Run("extract", "--date", SluiceProject.Day, "--reextract").Done();
        project.Run("lake", "vacuum", "--retain", "0s").Done();

        project.Run("lake", "restore", "t", "--version", "1").Fails(1, Path.GetFileName(file), "gone");
    }

    /// <summary>A table loaded for two days, and a model of it.</summary>
    private static SluiceProject Loaded()
    {
        var project = SluiceProject.Of(
            "create table t (id integer primary key, s text); insert into t values (1, 'a'), (2, 'b'), (3, 'c')",
            "t:"
        );
        project.Write("models/m.sql", "select id, s from {{ source('app', 't') }}");
        project.Run("extract", "--date", SluiceProject.Day).Done();
        project.Run("extract", "--date", NextDay).Done();
        return project;
    }

    /// <summary>A log of changes that was loaded for one day again and again, and changed each time.</summary>
    private static SluiceProject Log(int times)
    {
        var project = SluiceProject.Of(
            "create table t (id integer primary key, s integer); insert into t values (1, 0), (2, 0)",
            "t: { cursor: id, key: id }"
        );
        project.Write("models/m.sql", "select * exclude (_extracted_at) from {{ source('app', 't') }}");
        for (var i = 0; i < times; i++)
        {
            project.Sql("update t set s = s + id");
            project.Run("extract", "--date", SluiceProject.Day, "--reextract").Done();
        }

        return project;
    }

    private static int Number(JsonElement entry, string name) => entry.GetProperty(name).GetInt32();

    private static IEnumerable<string> Data(IEnumerable<string> files) =>
        files.Where(file => file.StartsWith("lake", StringComparison.Ordinal));
}
