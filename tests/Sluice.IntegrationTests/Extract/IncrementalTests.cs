namespace Sluice.IntegrationTests.Extract;

/// <summary>A table that is loaded by its cursor, through the command and up to what models read.</summary>
public sealed class IncrementalTests
{
    private const string First = "2015-05-01";
    private const string Second = "2015-05-02";
    private const string Third = "2015-05-03";

    private const string Table =
        "create table visits (id integer primary key, page text, changed_at datetime not null, gone boolean);";

    [Fact]
    public void Each_day_adds_what_changed_and_models_see_the_current_rows()
    {
        using var project = Shop();
        project.RunDay(First);
        Assert.Equal(["1,home", "2,search"], project.Query("select id, page from seen order by id"));

        project.Sql(
            """
            update visits set page = 'pay', changed_at = '2015-05-02 10:00:00' where id = 2;
            insert into visits values (3, 'home', '2015-05-02 11:00:00', 0);
            """
        );
        project.RunDay(Second);

        Assert.Equal(["1,home", "2,pay", "3,home"], project.Query("select id, page from seen order by id"));
        Assert.Equal(
            ["2015-05-01,2", "2015-05-02,2"],
            project.Query("select ds, count(*) from app.visits group by 1 order by 1")
        );
        Assert.Equal(["1,home", "2,search"], project.Query("select id, page from seen order by id", asOf: First));
    }

    [Fact]
    public void A_row_that_comes_late_is_found_within_the_lookback_and_counts_once()
    {
        using var project = Shop("lookback: 2h");
        project.RunDay(First);
        // The column shows the clock of Berlin: the project's day, which is UTC's, ended there at two at night.
        project.Sql(
            "insert into visits values (9, 'late', '2015-05-02 00:30:00', 0), (8, 'too late', '2015-05-01 23:30:00', 0)"
        );

        project.RunDay(Second);

        Assert.Equal(["1", "2", "9"], project.Query("select id from seen order by id"));
    }

    [Fact]
    public void A_day_that_was_left_out_is_filled_later_without_taking_back_what_is_newer()
    {
        using var project = Shop();
        project.RunDay(First);
        project.Sql("insert into visits values (4, 'later', '2015-05-03 10:00:00', 0)");
        project.RunDay(Third);
        project.Sql("insert into visits values (3, 'between', '2015-05-02 10:00:00', 0)");

        project.Run("extract", "visits", "--date", Second).Done();
        project.RunDay("2015-05-04");

        Assert.Equal(["1", "2", "3", "4"], project.Query("select id from seen order by id"));
    }

    [Fact]
    public void A_finished_day_is_left_alone_unless_it_is_asked_for_again()
    {
        using var project = Shop();
        project.RunDay(First);
        project.Sql("insert into visits values (7, 'slipped in', '2015-05-01 08:00:00', 0)");

        Assert.Contains("done before", project.Run("extract", "--date", First).Done().Output, StringComparison.Ordinal);
        project.Run("extract", "--date", First, "--reextract").Done();
        project.Run("model", "--date", First).Done();

        Assert.Equal(["1", "2", "7"], project.Query("select id from seen order by id"));
    }

    [Fact]
    public void Deletes_and_changes_that_skipped_the_cursor_are_found_by_reconciling()
    {
        using var project = Shop();
        project.RunDay(First);
        project.Sql("delete from visits where id = 1; update visits set page = 'silent' where id = 2");
        project.Sql("insert into visits values (5, 'missed', '2015-04-30 10:00:00', 0)");

        var dry = project.Run("extract", "reconcile", "visits", "--dry-run").Done();
        Assert.Contains("1 rows are gone from the source", dry.Output, StringComparison.Ordinal);
        var keys = project.Run("extract", "reconcile", "visits", "--keys-only").Done();
        Assert.Contains("Repaired in version 1", keys.Output, StringComparison.Ordinal);
        project.Run("extract", "reconcile", "visits").Done();
        Assert.Contains(
            "They are the same.",
            project.Run("extract", "reconcile", "visits").Done().Output,
            StringComparison.Ordinal
        );
        project.Run("model", "--date", First).Done();

        Assert.Equal(["2,silent", "5,missed"], project.Query("select id, page from seen order by id"));
    }

    [Fact]
    public void A_row_that_is_marked_as_deleted_is_gone_from_what_models_see()
    {
        using var project = Shop("soft_delete: gone");
        project.Sql("update visits set gone = 1 where id = 1");

        project.RunDay(First);

        Assert.Equal(["2"], project.Query("select id from seen order by id"));
    }

    [Fact]
    public void A_table_without_a_key_cannot_be_loaded_by_a_cursor()
    {
        using var project = SluiceProject.Of(
            "create table t (at datetime not null, x text); insert into t values ('2015-05-01 10:00:00', 'a')",
            "t: {cursor: at}"
        );

        project.Run("extract", "--date", First).Fails(1, "The table raw/app/t has no key");
    }

    [Fact]
    public void Ids_are_read_up_to_the_greatest()
    {
        using var project = SluiceProject.Of(
            "create table t (id integer primary key, x text); insert into t values (1, 'a'), (2, 'b')",
            "t: {cursor: id}"
        );
        project.Run("extract", "--date", First).Done();
        project.Sql("insert into t values (3, 'c')");

        project.Run("extract", "--date", Second).Done();

        Assert.Equal(
            ["2015-05-01,1", "2015-05-01,2", "2015-05-02,3"],
            Raw(project, "select ds, id from app.t order by id")
        );
    }

    [Fact]
    public void Sources_are_looked_at()
    {
        using var project = Shop();

        var check = project.Run("sources", "check").Done();

        Assert.Contains("app: connected", check.Output, StringComparison.Ordinal);
        Assert.Contains("incremental", check.Output, StringComparison.Ordinal);
        project.Run("sources", "check", "nope").Fails(2, "There is no source 'nope'");
        Assert.Contains(
            "No extract is running.",
            project.Run("extract", "stop").Done().Output,
            StringComparison.Ordinal
        );
    }

    // The raw rows are shown with a build, whatever models there are.
    private static IReadOnlyList<string> Raw(SluiceProject project, string sql)
    {
        project.Write("models/one.sql", "select 1 as one");
        project.Run("model", "--date", Second).Done();
        return project.Query(sql);
    }

    private static SluiceProject Shop(string more = "null_cursor: fail")
    {
        var project = SluiceProject.Of(
            Table
                + """
                insert into visits values (1, 'home', '2015-05-01 09:00:00', 0), (2, 'search', '2015-05-01 09:30:00', 0);
                """,
            $"visits: {{cursor: changed_at, key: id, {more}}}"
        );
        project.Write("models/seen.sql", "select id, page from {{ source('app', 'visits') }}");
        return project;
    }
}
