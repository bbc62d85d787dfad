namespace Sluice.IntegrationTests.Lake;

/// <summary><c>retain</c>: old copies go after a load, and are not loaded again for it.</summary>
public sealed class RetentionTests
{
    private static readonly string[] Days = ["2015-05-01", "2015-05-02", "2015-05-03", "2015-05-04"];

    [Fact]
    public void Old_copies_go_and_their_days_stay_done()
    {
        using var project = Project("t: { retain: 2d }");
        var last = Days.Select(day => project.RunDay(day)).ToList()[^1];

        Assert.Contains("1 old copy removed, up to 2015-05-02", last.Output, StringComparison.Ordinal);
        Assert.Equal(["2015-05-03", "2015-05-04"], CopiesOf(project));
        Assert.Contains(
            "done before",
            project.Run("extract", "--date", Days[0]).Done().Output,
            StringComparison.Ordinal
        );
        Assert.Equal(["2015-05-03", "2015-05-04"], CopiesOf(project));

        // The build of then has its copy, until nothing names it.
        Assert.Equal("1", project.Value("select count(*) from app.t where ds = '2015-05-01'", asOf: "1"));
        project.Run("lake", "vacuum", "--retain", "0s").Done();
        Assert.Equal("1", project.Value("select count(*) from app.t where ds = '2015-05-01'", asOf: "1"));
        project.Run("model", "--date", Days[0], "--full-refresh").Fails(1, "was removed for its age", "--reextract");
    }

    [Fact]
    public void A_table_of_which_models_read_all_copies_keeps_them_unless_forced()
    {
        using var project = Project("t: { retain: 2d }");
        project.Write(
            "models/schema.yml",
            """
            sources:
              - name: app
                tables:
                  - name: t
                    meta: { copies: all }
            """
        );
        var last = Days.Select(day => project.RunDay(day)).ToList()[^1];
        Assert.Contains("retain is not applied", last.Output, StringComparison.Ordinal);
        Assert.Equal(Days, CopiesOf(project));

        project.WriteTables("t: { retain: 2d, force_retain: true }");
        project.RunDay("2015-05-05");

        Assert.Equal(["2015-05-04", "2015-05-05"], CopiesOf(project));
    }

    [Fact]
    public void Models_read_all_copies_up_to_their_day_where_they_are_asked_for()
    {
        using var project = Project("t:");
        project.Write("models/copies.sql", "select ds, count(*) as rows from {{ source('app', 't') }} group by ds");
        project.RunDay(Days[0]);
        Assert.Equal(["2015-05-01,1"], project.Query("select * from copies"));
        project.Write("models/schema.yml", "sources: [{name: app, tables: [{name: t, meta: {copies: all}}]}]");
        project.Sql("insert into t values (2)");
        project.RunDay(Days[1]);
        project.Sql("insert into t values (3)");
        project.RunDay(Days[2]);

        Assert.Equal(
            ["2015-05-01,1", "2015-05-02,2", "2015-05-03,3"],
            project.Query("select * from copies order by ds")
        );
        // An older day does not know the newer ones, however late it is built.
        project.Run("model", "--date", Days[1], "--full-refresh", "--promote").Done();
        Assert.Equal(["2015-05-01,1", "2015-05-02,2"], project.Query("select * from copies order by ds"));
    }

    [Fact]
    public void A_log_of_changes_has_no_retain()
    {
        using var project = Project("t: { cursor: id, key: id, retain: 2d }");

        project.Run("run", "--date", Days[0]).Fails(2, "sluice.yaml:7", "'retain' belongs to mode: snapshot");
    }

    [Theory]
    [InlineData("0d")]
    [InlineData("soon")]
    public void A_duration_is_wanted(string retain)
    {
        using var project = Project($"t: {{ retain: {retain} }}");

        project.Run("run", "--date", Days[0]).Fails(2, "is no duration", "400d");
    }

    private static SluiceProject Project(string table)
    {
        var project = SluiceProject.Of("create table t (id integer primary key); insert into t values (1)", table);
        project.Write("models/m.sql", "select id from {{ source('app', 't') }}");
        return project;
    }

    private static IEnumerable<string> CopiesOf(SluiceProject project) =>
        StateFolder
            .LiveFiles(project.TableFolder("raw/app/t"))
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)["ds=".Length..])
            .Order(StringComparer.Ordinal);
}
