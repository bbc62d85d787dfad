namespace Sluice.IntegrationTests.Faults;

/// <summary>What can be wrong with a source: exit code 1, named, and the lake as it was.</summary>
public sealed class SourceFaultTests
{
    private const string NextDay = "2015-05-02";

    private static SluiceProject Users() =>
        SluiceProject.Of(
            "create table users (id integer primary key, name text); insert into users values (1, 'Anna')",
            "users:"
        );

    [Fact]
    public void A_database_file_that_is_not_there_is_named()
    {
        using var project = Users();
        File.Delete(project.Database);
        project
            .Run("run", "--date", SluiceProject.Day)
            .Fails(1, "app.db' of the source 'app' is not there", "sluice.yaml");
        Assert.False(File.Exists(project.Database));
    }

    [Fact]
    public void A_file_that_is_no_database_is_named()
    {
        using var project = Users();
        File.WriteAllText(project.Database, string.Join('\n', Enumerable.Repeat("This is a letter.", 200)));
        project.Run("run", "--date", SluiceProject.Day).Fails(1, "SQLite cannot read the database", "app.db");
    }

    [Fact]
    public void A_damaged_database_is_named_and_nothing_of_the_table_is_loaded()
    {
        using var project = Users();
        project.Sql(
            """
            with recursive n(i) as (select 2 union all select i + 1 from n where i < 50000)
            insert into users select i, 'user number ' || i from n
            """
        );
        var bytes = File.ReadAllBytes(project.Database);
        bytes.AsSpan(bytes.Length / 2, 40_000).Fill(0xA5);
        File.WriteAllBytes(project.Database, bytes);

        project.Run("run", "--date", SluiceProject.Day).Fails(1, "SQLite", "app.db");
        Assert.Empty(project.Tables());
    }

    [Fact]
    public void A_table_that_is_not_in_the_database_is_named_with_the_nearest_one()
    {
        using var project = Users();
        project.WriteTables("usres:");
        project.Run("run", "--date", SluiceProject.Day).Fails(1, "no table 'usres'", "users");
    }

    [Fact]
    public void A_locked_database_is_waited_for_and_then_reported()
    {
        using var project = Users();
        using var connection = project.Connect();
        using var exclusive = connection.CreateCommand();
        exclusive.CommandText = "begin exclusive";
        exclusive.ExecuteNonQuery();

        project.Run("run", "--date", SluiceProject.Day).Fails(1, "holds a lock on", "app.db", "WAL");
    }

    [Fact]
    public void A_column_whose_type_changed_is_named_and_nothing_is_published()
    {
        using var project = Users();
        project.RunDay();
        var before = project.Query("select * from app.users");
        project.Sql(
            "drop table users; create table users (id integer primary key, name integer); insert into users values (1, 7)"
        );

        project
            .Run("run", "--date", NextDay)
            .Fails(1, "column 'name' of raw/app/users changed its type", "string", "long", "sluice.yaml");

        Assert.Equal(before, project.Query("select * from app.users"));
        project.AssertWhole();
    }

    [Fact]
    public void A_new_column_is_said_and_is_null_for_the_days_before()
    {
        using var project = Users();
        project.RunDay();
        project.Sql("alter table users add column age integer; update users set age = 30");

        var run = project.RunDay(NextDay);

        Assert.Contains("new columns: age", run.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["2015-05-01,,Anna", "2015-05-02,30,Anna"],
            project.Query("select ds, age, name from app.users order by ds")
        );
    }

    [Fact]
    public void A_dropped_column_is_said_and_is_null_from_then_on()
    {
        using var project = Users();
        project.RunDay();
        project.Sql("alter table users drop column name");

        var run = project.RunDay(NextDay);

        Assert.Contains("gone from the source, null from now on: name", run.Output, StringComparison.Ordinal);
        Assert.Equal(["2015-05-01,Anna", "2015-05-02,"], project.Query("select ds, name from app.users order by ds"));
    }

    [Fact]
    public void A_dropped_column_may_come_back()
    {
        using var project = Users();
        project.RunDay();
        project.Sql("alter table users drop column name");
        project.RunDay(NextDay);
        project.Sql("alter table users add column name text; update users set name = 'Carla'");
        project.RunDay("2015-05-03");
        Assert.Equal(["Anna", "", "Carla"], project.Query("select name from app.users order by ds"));
    }

    [Fact]
    public void A_column_with_a_name_of_the_lake_stops_the_extract()
    {
        using var project = SluiceProject.Of("create table t (id integer, DS date)", "t:");
        project.Run("run", "--date", SluiceProject.Day).Fails(1, "'DS' of raw/app/t", "needs for itself");
    }

    [Fact]
    public void A_failed_table_does_not_keep_the_others_from_being_loaded()
    {
        using var project = Users();
        project.Sql("create table odd (id integer, x geometry)");
        project.WriteTables("odd:", "users:");

        project.Run("run", "--date", SluiceProject.Day).Fails(1, "'x' of app.odd", "geometry", "type: string");
        project.Run("query", "select 1").Fails(2, "Nothing is published yet");

        project.WriteTables("odd: {columns: {x: {type: string}}}", "users:");
        var run = project.RunDay();
        Assert.Contains(run.Lines, line => line.Contains("load_users") && line.Contains("done before"));
    }
}
