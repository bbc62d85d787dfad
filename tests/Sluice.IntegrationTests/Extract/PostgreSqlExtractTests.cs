using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>A PostgreSQL table from <c>sluice.yaml</c> to what models read.</summary>
public sealed class PostgreSqlExtractTests(PostgreSqlServer server)
{
    private const string First = "2015-05-01";

    private const string Table = """
        create table t (a int primary key, b int not null unique, x text, at timestamptz not null);
        insert into t select i, 100 - i, 'x' || i, timestamptz '2015-05-01 10:00+00' from generate_series(1, 5) i;
        """;

    [Fact]
    public void A_key_that_is_not_the_one_the_table_is_read_by_is_reconciled()
    {
        var database = server.CreateDatabase();
        database.Execute(Table);
        using var project = database.CreateProject("t: {cursor: at, key: b}");
        project.Write("models/seen.sql", "select a, x from {{ source('app', 't') }}");
        project.RunDay(First);
        database.Execute("delete from t where a = 3");

        var reconciled = project.Run("extract", "reconcile", "t", "--keys-only").Done().Output;
        project.Run("model", "--date", First).Done();

        Assert.Contains(" 1 rows are gone from the source", reconciled, StringComparison.Ordinal);
        Assert.Equal(["1,x1", "2,x2", "4,x4", "5,x5"], project.Query("select a, x from seen order by a"));
    }

    [Fact]
    public void A_server_that_is_not_watched_and_one_that_is_give_the_same_rows()
    {
        var database = server.CreateDatabase();
        database.Execute(Table);
        using var project = database.CreateProject("t: {key: a}");
        project.Write("models/seen.sql", "select a, b, x from {{ source('app', 't') }}");
        project.RunDay(First);
        var rows = project.Query("select * from seen order by a");
        var yaml = File.ReadAllText(Path.Combine(project.Folder, "sluice.yaml"));
        project.Write("sluice.yaml", yaml.Replace("adaptive: false", "adaptive: true", StringComparison.Ordinal));

        project.RunDay("2015-05-02");

        Assert.Equal(rows, project.Query("select * from seen order by a"));
        Assert.Equal(5, rows.Count);
    }

    [Fact]
    public void A_source_is_looked_at_with_its_keys_and_a_cursor_that_could_be_used()
    {
        var database = server.CreateDatabase();
        database.Execute(Table + "alter table t add updated_at timestamptz; create view v as select * from t;");
        using var project = database.CreateProject("t: {key: a}");

        var check = project.Run("sources", "check").Done().Output;

        Assert.Contains("app: connected", check, StringComparison.Ordinal);
        Assert.Contains("updated_at?", check, StringComparison.Ordinal);
        Assert.Contains("read by one statement, no resume", check, StringComparison.Ordinal);
    }
}
