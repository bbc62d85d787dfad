using Sluice.Core;
using Sluice.Core.Tables;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>What comes out of a PostgreSQL database is what is in it.</summary>
public sealed class PostgreSqlTypesTests(PostgreSqlServer server)
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    [Theory]
    [InlineData("smallint", "-32768,0,32767", "short")]
    [InlineData("integer", "-2147483648,0,2147483647", "integer")]
    [InlineData("bigint", "-9223372036854775808,0,9223372036854775807", "long")]
    [InlineData("oid", "0,4294967295", "long")]
    [InlineData("real", "-3.4028235E+38,1E-45,0.1,NaN,Infinity,-Infinity", "float")]
    [InlineData("double precision", "-1.7976931348623157E+308,5E-324,0.1,NaN,Infinity,-Infinity", "double")]
    [InlineData("boolean", "true,false", "boolean")]
    [InlineData("numeric(4,2)", "-99.99,0.00,0.01,10.00,99.90", "decimal(4,2)")]
    [InlineData("numeric(18,4)", "-99999999999999.9999,12345678901234.5678,0.0001", "decimal(18,4)")]
    [InlineData("numeric(18)", "999999999999999999,100000000000000000", "decimal(18,0)")]
    [InlineData(
        "numeric(38,9)",
        "-99999999999999999999999999999.999999999,0.000000001,10000000000000000000000000000.000000000",
        "decimal(38,9)"
    )]
    [InlineData("numeric(38,38)", "0.99999999999999999999999999999999999999", "decimal(38,38)")]
    [InlineData("numeric(38)", "99999999999999999999999999999999999999,-1", "decimal(38,0)")]
    [InlineData("numeric(19,2)", "-12345678901234567.89,0.10", "decimal(19,2)")]
    [InlineData("numeric(3,5)", "0.00999,-0.00001", "decimal(5,5)")]
    [InlineData("numeric(3,-2)", "99900,-100", "decimal(5,0)")]
    [InlineData("text", "a,,ÄÖ漢字😀", "string")]
    [InlineData("varchar(5)", "a,ÄÖ漢字😀", "string")]
    [InlineData("char(3)", "a  ,abc", "string")]
    [InlineData("\"char\"", "a", "string")]
    [InlineData("name", "a", "string")]
    [InlineData("mood", "sad,très content", "string")]
    [InlineData("json", "{\"a\": [1]}", "string")]
    [InlineData("jsonb", "{\"a\": 1}", "string")]
    [InlineData("xml", "<a>ä</a>", "string")]
    [InlineData("uuid", "00112233-4455-6677-8899-aabbccddeeff", "string")]
    [InlineData("inet", "192.168.0.1/24,::1/128", "string")]
    [InlineData("cidr", "10.0.0.0/8", "string")]
    [InlineData("macaddr", "08:00:2b:01:02:03", "string")]
    [InlineData("interval", "1 year 2 mons 3 days 04:05:06.789", "string")]
    [InlineData("time", "23:59:59.999999,24:00:00", "string")]
    [InlineData("timetz", "12:00:00+05:30", "string")]
    [InlineData("bit(3)", "101", "string")]
    [InlineData("varbit", "1,10101", "string")]
    [InlineData("int4range", "[1;5)", "string")]
    [InlineData("integer[]", "{1;NULL;3}", "string")]
    [InlineData("point", "(1;2)", "string")]
    [InlineData("tsvector", "'a' 'b'", "string")]
    [InlineData("bytea", "00ff10,,5c", "binary")]
    [InlineData("date", "0001-01-01,1969-12-31,2000-02-29,9999-12-31", "date")]
    [InlineData("money_like", "12.50", "decimal(10,2)")]
    public async Task Values_come_through_with_nulls_between_them(string type, string values, string lakeType)
    {
        var database = server.CreateDatabase();
        Assert.SkipWhen(
            type == "numeric(3,-2)"
                && database.Value("select current_setting('server_version_num')::int >= 150000") is false,
            "Older servers have no negative scale."
        );
        database.Execute("create type mood as enum ('sad', 'très content'); create domain money_base as numeric(10,2)");
        database.Execute("create domain money_like as money_base check (value > 0)");
        var texts = values.Split(',').Select(value => value.Replace(';', ',')).ToList();
        var inserted = texts.SelectMany(text => new[] { Literal(type, text), "null" });
        database.Execute(
            $"create table t (id bigint generated always as identity primary key, v {type}); insert into t (v) values {string.Join(", ", inserted.Select(value => $"({value})"))}"
        );

        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var rows = await PageReading.AllAsync(source, PageReading.Of(shape));

        Assert.Equal(lakeType, shape.Columns[1].Type.ToString());
        Assert.Equal(
            texts.SelectMany(text => new[] { Shown(type, text), PageText.Null }),
            rows.Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..])
        );
    }

    [Fact]
    public async Task Money_comes_as_the_server_writes_it_or_as_a_decimal()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (id int primary key, v money); insert into t values (1, 1234.5), (2, -1)");
        Assert.Equal(["1|$1,234.50", "2|-$1.00"], await database.ReadAsync("t"));
        Assert.Equal(["1|1234.50", "2|-1.00"], await database.ReadAsync("t", types: ("v", ColumnType.Decimal(19, 2))));
    }

    [Fact]
    public async Task Instants_are_utc_and_wall_clock_times_are_of_the_sources_zone()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create table t (id int primary key, at timestamptz, here timestamp);
            insert into t values
                (1, '2024-07-01 12:00:00.123456+05:30', '2024-07-01 12:00'),
                (2, '1969-12-31 23:59:59.999999+00', '2024-10-27 02:30'),
                (3, '0001-01-01 00:00:00+00', '2024-03-31 03:30'),
                (4, '9999-12-31 23:59:59.999999+00', '2024-01-01 00:00:00.000001'),
                (5, null, null);
            """
        );
        Assert.Equal(
            [
                "1|2024-07-01 06:30:00.123456|2024-07-01 10:00:00.000000",
                "2|1969-12-31 23:59:59.999999|2024-10-27 00:30:00.000000",
                "3|0001-01-01 00:00:00.000000|2024-03-31 01:30:00.000000",
                "4|9999-12-31 23:59:59.999999|2023-12-31 23:00:00.000001",
                "5|null|null",
            ],
            await database.ReadAsync("t", zone: Vienna)
        );
    }

    [Theory]
    [InlineData("numeric", "no limit", "decimal(38,9)")]
    [InlineData("numeric(39,2)", "no limit", "type: string")]
    [InlineData("timestamp", "without an offset", "timezone: UTC")]
    [InlineData("pair", "does not map", "type: string")]
    public async Task A_type_that_cannot_be_mapped_is_named_with_what_to_write(string type, params string[] words)
    {
        var database = server.CreateDatabase();
        database.Execute($"create type pair as (a int, b int); create table t (id int primary key, x {type})");
        await using var source = await database.OpenAsync();

        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            source.DescribeAsync(PostgreSqlDatabase.TableOf("t"))
        );

        Assert.All(["'x' of app.t", .. words], word => Assert.Contains(word, refused.Message + refused.Hint));
        Assert.False(refused.IsTransient);
    }

    [Theory]
    [InlineData("numeric(5,2)", "'NaN'", "holds NaN at id '41'")]
    [InlineData("date", "'infinity'", "holds an infinity at id '41'")]
    [InlineData("date", "'-infinity'", "holds an infinity at id '41'")]
    [InlineData("timestamptz", "'infinity'", "holds an infinity at id '41'")]
    [InlineData("date", "'10000-01-01'", "a date outside of the years 1 to 9999 at id '41'")]
    [InlineData("date", "'0001-12-31 BC'", "a date outside of the years 1 to 9999 at id '41'")]
    [InlineData("timestamptz", "'10000-01-01 00:00+00'", "a time outside of the years 1 to 9999 at id '41'")]
    public async Task A_value_that_does_not_fit_is_named_with_its_row(string type, string value, string words)
    {
        var database = server.CreateDatabase();
        database.Execute(
            $"create table t (id int primary key, x {type}); insert into t values (7, null), (41, {value}), (42, null)"
        );

        var refused = await Assert.ThrowsAsync<PipelineException>(() => database.ReadAsync("t"));

        Assert.Contains("'x' of app.t", refused.Message);
        Assert.Contains(words, refused.Message);
        Assert.Contains("type: string", refused.Hint);
        Assert.Equal(3, (await database.ReadAsync("t", types: ("x", ColumnKind.String))).Count);
    }

    [Theory]
    [InlineData("integer", "7", "string", "7")]
    [InlineData("integer", "7", "long", "7")]
    [InlineData("integer", "7", "short", "7")]
    [InlineData("bigint", "7", "byte", "7")]
    [InlineData("bigint", "7", "double", "7")]
    [InlineData("bigint", "7", "decimal(20,2)", "7.00")]
    [InlineData("numeric", "7.5", "decimal(38,9)", "7.500000000")]
    [InlineData("numeric", "7.5", "double", "7.5")]
    [InlineData("numeric(10,2)", "7.00", "long", "7")]
    [InlineData("numeric", "9223372036854775807", "long", "9223372036854775807")]
    [InlineData("real", "0.5", "double", "0.5")]
    [InlineData("bytea", "\\x0aff", "string", "\\x0aff")]
    [InlineData("uuid", "00112233-4455-6677-8899-aabbccddeeff", "binary", "x00112233445566778899AABBCCDDEEFF")]
    [InlineData("date", "2024-02-29", "string", "2024-02-29")]
    [InlineData("timestamp", "2024-02-29 01:02:03", "string", "2024-02-29 01:02:03")]
    [InlineData("boolean", "true", "string", "true")]
    [InlineData("pair", "(1,2)", "string", "(1,2)")]
    public async Task A_type_that_the_user_gives_is_taken(string type, string value, string given, string expected)
    {
        Assert.True(ColumnType.TryParse(given, out var lakeType));
        var database = server.CreateDatabase();
        database.Execute(
            $"create type pair as (a int, b int); create table t (id int primary key, x {type}); insert into t values (1, '{value}')"
        );
        Assert.Equal([$"1|{expected}"], await database.ReadAsync("t", types: ("x", lakeType)));
    }

    [Theory]
    [InlineData("numeric", "7.5", "long", "more digits")]
    [InlineData("numeric", "9223372036854775808", "long", "a greater integer")]
    [InlineData("numeric", "1.234", "decimal(10,2)", "more digits")]
    [InlineData("numeric", "123456789", "decimal(10,2)", "more digits")]
    [InlineData("numeric", "0.00001", "decimal(10,2)", "more digits")]
    [InlineData("numeric", "1e-200", "decimal(10,2)", "more digits")]
    [InlineData("numeric", "1e200", "decimal(38,2)", "more digits")]
    [InlineData("integer", "32768", "short", "a greater integer")]
    [InlineData("bigint", "-129", "byte", "a greater integer")]
    public async Task A_value_that_the_given_type_does_not_hold_is_refused(
        string type,
        string value,
        string given,
        string words
    )
    {
        Assert.True(ColumnType.TryParse(given, out var lakeType));
        var database = server.CreateDatabase();
        database.Execute($"create table t (id int primary key, x {type}); insert into t values (1, '{value}')");
        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            database.ReadAsync("t", types: ("x", lakeType))
        );
        Assert.Contains(words, refused.Message);
    }

    [Theory]
    [InlineData("text", "long")]
    [InlineData("boolean", "integer")]
    [InlineData("timestamptz", "date")]
    [InlineData("double precision", "decimal(10,2)")]
    public async Task A_given_type_that_makes_no_sense_is_refused(string type, string given)
    {
        Assert.True(ColumnType.TryParse(given, out var lakeType));
        var database = server.CreateDatabase();
        database.Execute($"create table t (id int primary key, x {type})");
        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            database.ReadAsync("t", types: ("x", lakeType))
        );
        Assert.Contains($"cannot be loaded as {given}", refused.Message);
    }

    private static string Shown(string type, string text) => type == "bytea" ? $"x{text.ToUpperInvariant()}" : text;

    private static string Literal(string type, string text) =>
        type == "bytea" ? $@"'\x{text}'" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
