namespace Sluice.IntegrationTests.Query;

/// <summary><c>sluice query</c>: one SELECT, and its rows in three formats.</summary>
public sealed class QueryTests(QueryTests.Shop shop) : IClassFixture<QueryTests.Shop>
{
    [Theory]
    [InlineData("copy users to 'out.csv'")]
    [InlineData("copy (select 1) to 'out.csv'")]
    [InlineData("attach 'out.db' as o")]
    [InlineData("install httpfs")]
    [InlineData("load httpfs")]
    [InlineData("drop view users")]
    [InlineData("create table t as select 1")]
    [InlineData("insert into users values (1)")]
    [InlineData("update users set id = 1")]
    [InlineData("delete from users")]
    [InlineData("set enable_external_access = true")]
    [InlineData("pragma database_list")]
    [InlineData("call pragma_version()")]
    [InlineData("export database 'out'")]
    [InlineData("select 1; select 2")]
    [InlineData("select 1; drop view users")]
    [InlineData("explain select 1")]
    [InlineData("")]
    [InlineData("-- nothing")]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from '/etc/passwd'")]
    [InlineData("select * from read_text('/etc/passwd')")]
    [InlineData("select * from read_blob('sluice.yaml')")]
    [InlineData("select * from glob('/etc/*')")]
    [InlineData("select * from read_parquet('/etc/*')")]
    [InlineData("select * from read_csv('../../../../../../../../etc/passwd')")]
    [InlineData("select * from 'https://localhost/x.parquet'")]
    [InlineData("select * from sqlite_scan('app.db', 'users')")]
    [InlineData("select getenv('HOME')")]
    public void Anything_but_one_select_over_the_lake_fails_and_has_no_effect(string sql)
    {
        var files = Files();

        var failed = shop.Project.Run("query", sql).Fails(1);

        Assert.Empty(failed.Output);
        Assert.Equal(files, Files());
    }

    [Theory]
    [InlineData("selct 1")]
    [InlineData("select nope from users")]
    [InlineData("select * from nope")]
    [InlineData("select 1/0 +")]
    [InlineData("select cast('x' as integer)")]
    public void A_wrong_statement_is_said(string sql) => shop.Project.Run("query", sql).Fails(1, "the query");

    [Theory]
    [InlineData("select 1 as a;")]
    [InlineData("select 1 as a -- a comment")]
    [InlineData("/* first */ select 1 as a ; ")]
    [InlineData("with t as (select 1 as a) select * from t")]
    [InlineData("from (values (1)) t(a)")]
    [InlineData("values (1)")]
    public void A_select_may_be_written_in_many_ways(string sql) => Assert.Equal(["1"], shop.Project.Query(sql));

    [Fact]
    public void Csv_is_quoted_where_it_must_be()
    {
        var csv = shop.Project.Run("query", Values, "--format", "csv").Done().Output;
        Assert.Equal(
            "plain,comma,quote,lines,nothing,truth,big,dec,f,day,at,list,\"odd \"\"name\"\"\"\n"
                + "a b,\"a,b\",\"say \"\"hi\"\"\",\"1\n2\",,true,170141183460469231731687303715884105727,1234567890123456789.123456,0.1,2015-05-01,2015-05-01T10:00:00.123456Z,\"[1,2]\",x\n",
            csv
        );
    }

    [Fact]
    public void Json_keeps_types_and_digits()
    {
        var output = shop.Project.Run("query", Values, "--format", "json").Done().Output;
        var row = Assert.Single(shop.Project.Json(Values));

        Assert.Equal("a,b", row.GetProperty("comma").GetString());
        Assert.Equal("say \"hi\"", row.GetProperty("quote").GetString());
        Assert.Equal("1\n2", row.GetProperty("lines").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, row.GetProperty("nothing").ValueKind);
        Assert.True(row.GetProperty("truth").GetBoolean());
        Assert.Equal("170141183460469231731687303715884105727", row.GetProperty("big").GetRawText());
        Assert.Equal("1234567890123456789.123456", row.GetProperty("dec").GetRawText());
        Assert.Equal("0.1", row.GetProperty("f").GetRawText());
        Assert.Equal("2015-05-01", row.GetProperty("day").GetString());
        Assert.Equal("2015-05-01T10:00:00.123456Z", row.GetProperty("at").GetString());
        Assert.Equal("[1,2]", row.GetProperty("list").GetRawText().Replace(" ", "").Replace("\n", ""));
        Assert.Equal("x", row.GetProperty("odd \"name\"").GetString());
        Assert.EndsWith("]\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv", "\"[1,null]\"")]
    [InlineData("json", "null")]
    [InlineData("table", "[1,null]")]
    public void A_list_may_hold_a_null(string format, string text) =>
        Assert.Contains(
            text,
            shop.Project.Run("query", "select [1, null] as list", "--format", format).Done().Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_value_that_dotnet_cannot_hold_is_said() =>
        shop.Project.Run("query", "select timestamp 'infinity' as never").Fails(1, "'never'", "cannot be shown");

    [Fact]
    public void A_format_that_is_none_is_refused_with_those_there_are() =>
        Assert.Contains(
            "json",
            shop.Project.Run("query", "select 1", "--format", "xml").Fails(2, "xml").Error,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void Decimals_keep_all_their_digits(string format) =>
        Assert.Contains(
            "12345678901234567890.123456789012345678",
            shop.Project.Run(
                    "query",
                    "select 12345678901234567890.123456789012345678::decimal(38, 18) as d",
                    "--format",
                    format
                )
                .Done()
                .Output,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_table_shows_headings_values_and_nulls()
    {
        var lines = shop.Project.Run("query", "select id, name from users order by id").Done().Lines;
        string[] words = ["id", "name", "1", "Anna", "2", "null"];
        Assert.Equal(words, lines.SelectMany(line => line.Split([' ', '─'], StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void A_long_table_says_that_it_is_cut()
    {
        var result = shop.Project.Run("query", "select range as n from range(1500)").Done();
        Assert.Contains("1,500 rows; the first 1,000 are shown", result.Error, StringComparison.Ordinal);
        Assert.Contains("  999  ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("1000", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public void No_row_is_cut_where_a_program_reads_them(string format)
    {
        var result = shop.Project.Run("query", "select range as n from range(30000)", "--format", format).Done();
        Assert.Contains("29999", result.Output, StringComparison.Ordinal);
        Assert.Equal(30_000, result.Lines.Count(line => line.Any(char.IsAsciiDigit)));
    }

    [Fact]
    public void No_rows_are_an_empty_answer()
    {
        Assert.Equal("n\n", shop.Project.Run("query", "select 1 as n where false", "--format", "csv").Done().Output);
        Assert.Empty(shop.Project.Json("select 1 as n where false"));
    }

    [Fact]
    public void A_format_that_is_none_is_refused() =>
        shop.Project.Run("query", "select 1", "--format", "xml").Fails(2, "xml");

    [Fact]
    public void Tables_lists_zone_name_version_rows_bytes_and_freshness()
    {
        var table = shop.Project.Run("tables").Done().Output;
        Assert.All(
            [
                "zone",
                "name",
                "version",
                "rows",
                "size",
                "age",
                "raw",
                "app.users",
                "marts",
                "users",
                "build 1 of 2015-05-01",
            ],
            word => Assert.Contains(word, table, StringComparison.Ordinal)
        );

        var lines = shop.Project.Run("tables", "--format", "csv").Done().Lines;
        Assert.Equal("zone,name,version,rows,bytes,committed_at,published", lines[0]);
        Assert.Matches(@"^raw,app\.users,0,2,\d+,\d{4}-\d\d-\d\dT.*Z,true$", lines[1]);
        Assert.Matches(@"^marts,users,0,2,\d+,\d{4}-\d\d-\d\dT.*Z,true$", lines[2]);
        Assert.Equal(3, lines.Count);
    }

    private const string Values = """"
        select
            'a b' as plain, 'a,b' as comma, 'say "hi"' as quote, '1' || chr(10) || '2' as lines, null as nothing, true as truth,
            170141183460469231731687303715884105727 as big, 1234567890123456789.123456::decimal(38, 6) as dec,
            0.1::double as f, date '2015-05-01' as day, timestamptz '2015-05-01T10:00:00.123456Z' as at, [1, 2] as list,
            'x' as "odd ""name"""
        """";

    private IReadOnlyList<string> Files() =>
        [
            .. Directory.EnumerateFiles(shop.Project.Folder, "*", SearchOption.AllDirectories).Order(),
            .. shop.Project.Files(),
        ];

    public sealed class Shop : IDisposable
    {
        public Shop()
        {
            Project = SluiceProject.Of(
                "create table users (id integer primary key, name text); insert into users values (1, 'Anna'), (2, null)",
                "users:"
            );
            Project.Write("models/users.sql", "select id, name from {{ source('app', 'users') }}");
            Project.RunDay();
        }

        internal SluiceProject Project { get; }

        public void Dispose() => Project.Dispose();
    }
}
