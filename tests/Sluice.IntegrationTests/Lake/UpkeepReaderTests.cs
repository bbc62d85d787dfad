namespace Sluice.IntegrationTests.Lake;

/// <summary>Another program reads the rows of Sluice after everything that upkeep does, where they can with both of its parsers of the Delta log.</summary>
public sealed class UpkeepReaderTests
{
    // Its older parser knows a partitioned table's columns only where the newest commit, or a checkpoint, names them.
    private const string OlderParser = " settings allow_experimental_delta_kernel_rs = 0";
    private const string Table = "raw/app/t";

    [Theory]
    [InlineData("")]
    [InlineData(OlderParser)]
    public void A_checkpoint_stands_for_the_commits_before_it(string parser)
    {
        using var project = Log();
        for (var day = 1; day <= 12; day++)
        {
            project.Sql($"insert into t values ({1000 + day}, {day}, null, 'new')");
            project.Run("extract", "--date", $"2015-05-{day:D2}").Done();
        }

        project.Run("extract", "--date", "2015-05-03", "--reextract").Done();
        project.Run("model", "--date", "2015-05-12").Done();
        var rows = Ours(project);
        foreach (var file in Directory.GetFiles(Path.Combine(project.TableFolder(Table), "_delta_log"), "0*.json"))
        {
            if (string.CompareOrdinal(Path.GetFileName(file), "00000000000000000010") < 0)
            {
                File.Delete(file);
            }
        }

        Assert.Equal(rows, Theirs(project, parser));
        Assert.Equal(rows, Ours(project));
    }

    [Fact]
    public void Joined_files_have_the_same_rows()
    {
        using var project = Log();
        for (var i = 0; i < 3; i++)
        {
            project.Sql("update t set n = n + 1");
            project.Run("extract", "--date", SluiceProject.Day, "--reextract").Done();
        }

        project.Run("model", "--date", SluiceProject.Day).Done();
        var rows = Ours(project);
        Assert.Equal(rows, Theirs(project));

        project.Run("lake", "compact").Done();

        Assert.Single(StateFolder.LiveFiles(project.TableFolder(Table)));
        Assert.Equal(rows, Theirs(project));
        project.Run("model", "--date", SluiceProject.Day, "--full-refresh").Done();
        Assert.Equal(rows, Ours(project));
    }

    [Fact]
    public void A_restored_version_has_its_rows()
    {
        using var project = Log();
        project.RunDay();
        var rows = Ours(project);
        project.Sql("insert into t values (5000, 1, 2, 'x')");
        project.RunDay("2015-05-02");
        Assert.NotEqual(rows, Ours(project));

        project.Run("lake", "restore", "t", "--version", "0").Done();

        Assert.Equal(rows, Theirs(project));
        project.Run("model", "--date", SluiceProject.Day, "--full-refresh", "--promote").Done();
        Assert.Equal(rows, Ours(project));
    }

    [Fact]
    public void Wider_columns_have_their_old_values()
    {
        using var project = Log("n: { type: integer }, d: { type: 'decimal(6,2)' }");
        project.RunDay();
        Assert.Equal("INTEGER,DECIMAL(6,2)", project.Value("select typeof(n), typeof(d) from app.t limit 1"));

        project.WriteTables("t: { cursor: id, key: id, columns: { n: { type: long }, d: { type: 'decimal(24,2)' } } }");
        project.Sql("insert into t values (6000, 9000000000, 12345678.5, 'x')");
        var run = project.RunDay("2015-05-02");

        Assert.Contains(
            "wider now: n (integer to long), d (decimal(6,2) to decimal(24,2))",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Equal("BIGINT,DECIMAL(24,2)", project.Value("select typeof(n), typeof(d) from app.t limit 1"));
        Assert.Equal("9000000000,1234567850", project.Value("select n, (d * 100)::bigint from app.t where id = 6000"));
        Assert.Equal(Ours(project), Theirs(project));
        project.Run("lake", "verify", "--deep").Done();
        Assert.Equal("INTEGER", project.Value("select typeof(n) from app.t limit 1", asOf: "1"));
    }

    [Fact]
    public void Where_the_schema_is_not_to_change_a_wider_column_stops()
    {
        using var project = Log("n: { type: integer }");
        project.RunDay();
        project.WriteTables("t: { cursor: id, key: id, on_schema_change: fail, columns: { n: { type: long } } }");

        project.Run("run", "--date", "2015-05-02").Fails(1, "wider now: n (integer to long)", "on_schema_change");
    }

    private static SluiceProject Log(string columns = "")
    {
        var project = SluiceProject.Of(
            """
            create table t (id integer primary key, n integer, d decimal(9, 2), s text);
            with recursive i(i) as (select 1 union all select i + 1 from i where i < 900)
            insert into t select i, i * 7, case when i % 3 = 0 then null else i / 4.0 end, 'né ' || i from i;
            """,
            $"t: {{ cursor: id, key: id, columns: {{ {columns} }} }}"
        );
        project.Write("models/m.sql", "select 1 as one");
        return project;
    }

    // Every row, as one of the build and as the newest version has it.
    private static IReadOnlyList<string> Ours(SluiceProject project) =>
        project.Query(
            "select ds, count(*), sum(id), sum(n), (sum(d) * 100)::bigint, sum(length(s)), sum(_seq), min(_seq), count(distinct _seq) from app.t group by ds order by ds"
        );

    private static IReadOnlyList<string> Theirs(SluiceProject project, string parser = "") =>
        ClickHouse.Ask(
            $"select ds, count(*), sum(id), sum(n), toInt64(sum(d) * 100), sum(lengthUTF8(s)), sum(_seq), min(_seq), count(distinct _seq) from {ClickHouse.Table(project, Table)} group by ds order by ds{parser}"
        )[0];
}
