using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>What comes out of a MySQL or MariaDB server is what is in it.</summary>
public sealed class MySqlTypesTests(MariaDbServer server)
{
    [Theory]
    [InlineData("tinyint", "byte", "-128", "127")]
    [InlineData("tinyint(1)", "byte", "-128", "1")]
    [InlineData("tinyint unsigned", "short", "0", "255")]
    [InlineData("smallint", "short", "-32768", "32767")]
    [InlineData("smallint unsigned", "integer", "0", "65535")]
    [InlineData("mediumint", "integer", "-8388608", "8388607")]
    [InlineData("mediumint unsigned", "integer", "0", "16777215")]
    [InlineData("int", "integer", "-2147483648", "2147483647")]
    [InlineData("int unsigned zerofill", "long", "0", "4294967295")]
    [InlineData("bigint", "long", "-9223372036854775808", "9223372036854775807")]
    [InlineData("bigint unsigned", "decimal(20,0)", "0", "18446744073709551615")]
    [InlineData("year", "short", "1901", "2155", "0")]
    [InlineData("decimal(10,2)", "decimal(10,2)", "-99999999.99", "99999999.99", "0.00", "-0.01")]
    [InlineData("decimal(18,18)", "decimal(18,18)", "-0.999999999999999999", "0.000000000000000001")]
    [InlineData("decimal(19,0)", "decimal(19,0)", "-9999999999999999999", "9999999999999999999")]
    [InlineData("decimal(38,0)", "decimal(38,0)", "-99999999999999999999999999999999999999", "1")]
    [InlineData("decimal(38,38)", "decimal(38,38)", "-0.99999999999999999999999999999999999999")]
    [InlineData("decimal(38,10) unsigned", "decimal(38,10)", "9999999999999999999999999999.9999999999")]
    [InlineData("float", "float", "-3.4028233E+38", "1.175494E-38", "0.1", "16777216")]
    [InlineData("double", "double", "-1.7976931348623157E+308", "5E-324", "0.1", "0.30000000000000004")]
    [InlineData("date", "date", "0001-01-01", "9999-12-31", "2024-02-29")]
    [InlineData("time", "string", "-838:59:59", "838:59:59", "00:00:00")]
    [InlineData("time(6)", "string", "-838:59:59.000000", "838:59:59.999999", "-00:00:00.000001")]
    [InlineData("char(5)", "string", "", "a", "grün", "🐎🐎")]
    [InlineData("varchar(20) character set latin1", "string", "", "Müller €", "ÿ")]
    [InlineData("varchar(20) character set utf16", "string", "", "日本🐎", "a")]
    [InlineData("varchar(20) character set sjis", "string", "日本", "ｱ")]
    [InlineData("varchar(20) character set utf8mb3", "string", "日本é", "")]
    [InlineData("varchar(20) collate utf8mb4_bin", "string", "x ", " x", "🐎")]
    [InlineData("tinytext", "string", "", "🐎")]
    [InlineData("longtext character set latin1", "string", "", "é")]
    [InlineData("json", "string", "{\"a\": [1, \"é\"]}", "null")]
    [InlineData("enum('x','ü','')", "string", "x", "ü", "")]
    [InlineData("set('p','q','ü') character set latin1", "string", "", "p,q", "ü")]
    [InlineData("uuid", "string", "f0042e64-e816-11f1-8077-02fc00000001", "ffffffff-ffff-ffff-ffff-ffffffffffff")]
    [InlineData("inet4", "string", "127.0.0.1", "255.255.255.255")]
    [InlineData("inet6", "string", "::1", "2001:db8::ff00:42:8329")]
    public async Task Every_type_comes_through_at_its_extremes(string declared, string lake, params string[] values)
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            $"create table t (id int primary key, v {declared} null)",
            $"insert into t values (0, null), {string.Join(", ", values.Select((value, i) => $"({i + 1}, {Literal(declared, value)})"))}"
        );

        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(new() { Name = "t" });
        Assert.Equal(lake, shape.Find("v")!.Type.ToString());
        Assert.Equal(
            ["0|null", .. values.Select((value, i) => $"{i + 1}|{value}")],
            await MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape, 2))
        );
    }

    [Theory]
    [InlineData("binary(3)", "x000000", "xFF0041")]
    [InlineData("varbinary(10)", "x", "x00", "xFFFE00")]
    [InlineData("longblob", "x", "xDEADBEEF")]
    [InlineData("bit(1)", "false", "true")]
    [InlineData("bit(12)", "0", "4095")]
    [InlineData("bit(64)", "0", "18446744073709551615")]
    public async Task Bytes_and_bits_come_through(string declared, params string[] values)
    {
        var database = await server.CreateAsync();
        var literals = values.Select(value =>
            value.StartsWith('x') ? $"x'{value[1..]}'"
            : value == "true" ? "1"
            : value == "false" ? "0"
            : value
        );
        await database.RunAsync(
            $"create table t (id int primary key, v {declared} null)",
            $"insert into t values (0, null), {string.Join(", ", literals.Select((value, i) => $"({i + 1}, {value})"))}"
        );

        Assert.Equal(
            ["0|null", .. values.Select((value, i) => $"{i + 1}|{value}")],
            await database.ReadAsync(new() { Name = "t" })
        );
    }

    [Fact]
    public async Task A_datetime_is_the_wall_clock_of_the_sources_zone_and_a_timestamp_an_instant()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "set time_zone = '+00:00'",
            "create table t (id int primary key, d datetime(6), n datetime, s timestamp(3) null)",
            "insert into t values (1, '2024-03-31 01:30:00.123456', '2024-07-01 12:00:00', '2024-07-01 12:00:00.5'), (2, '2024-10-27 02:30:00', null, null), (3, '9999-12-31 23:59:59.999999', '1000-01-01 00:00:00', '2038-01-19 03:14:07.999')"
        );
        var definition = database.Definition with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        await using var source = await database.OpenAsync(definition);
        Assert.Equal(
            [
                "1|2024-03-31 00:30:00.123456|2024-07-01 10:00:00.000000",
                "2|2024-10-27 00:30:00.000000|null",
                "3|9999-12-31 22:59:59.999999",
            ],
            (await MySqlDatabase.ReadAsync(source, new SourceTable { Name = "t" })).Select(
                (row, i) => string.Join('|', row.Split('|').Take(i == 2 ? 2 : 3))
            )
        );
        Assert.Equal(
            ["2024-07-01 12:00:00.500000", "null", "2038-01-19 03:14:07.999000"],
            (await MySqlDatabase.ReadAsync(source, new SourceTable { Name = "t" })).Select(row => row.Split('|')[3])
        );
    }

    [Fact]
    public async Task A_datetime_needs_the_sources_zone()
    {
        var database = await server.CreateAsync();
        await database.RunAsync("create table t (id int primary key, d datetime)");
        await using var source = await database.OpenAsync(database.Definition with { TimeZone = null });
        var fault = await Assert.ThrowsAsync<PipelineException>(() => source.DescribeAsync(new() { Name = "t" }));
        Assert.Contains("'d' of app.t", fault.Message, StringComparison.Ordinal);
        Assert.Contains("timezone: UTC", fault.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("date", "0000-00-00")]
    [InlineData("date", "2020-00-00")]
    [InlineData("datetime(3)", "0000-00-00 00:00:00.000")]
    [InlineData("timestamp", "0000-00-00 00:00:00")]
    public async Task A_zero_date_stops_with_column_and_row_and_can_be_read_as_text(string declared, string value)
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "set sql_mode = ''",
            $"create table t (id int primary key, d {declared} not null)",
            $"insert into t values (7, '2020-01-01'), (41, '{value}')"
        );

        var fault = await Assert.ThrowsAsync<PipelineException>(() => database.ReadAsync(new() { Name = "t" }));
        Assert.Contains("'d' of app.t holds a zero date at id 41", fault.Message, StringComparison.Ordinal);
        Assert.Contains("type: string", fault.Hint, StringComparison.Ordinal);
        Assert.Equal($"41|{value}", (await database.ReadAsync(As("t", "d", ColumnKind.String)))[1]);
    }

    [Theory]
    [InlineData("tinyint(1)", "1", "boolean", "true")]
    [InlineData("int", "-5", "long", "-5")]
    [InlineData("int unsigned", "5", "byte", "5")]
    [InlineData("bigint unsigned", "9223372036854775807", "long", "9223372036854775807")]
    [InlineData("int", "-5", "decimal(6,2)", "-5.00")]
    [InlineData("int", "7", "double", "7")]
    [InlineData("decimal(65,30)", "1.5", "decimal(38,5)", "1.50000")]
    [InlineData("decimal(65,30)", "1.5", "string", "1.500000000000000000000000000000")]
    [InlineData("decimal(20,2)", "12.00", "long", "12")]
    [InlineData("bit(12)", "5", "string", "5")]
    [InlineData("bit(12)", "5", "integer", "5")]
    [InlineData("float", "0.1", "string", "0.1")]
    [InlineData("int(5) zerofill", "42", "string", "00042")]
    [InlineData("date", "'2024-02-29'", "timestamp", "2024-02-29 00:00:00.000000")]
    [InlineData("point", "point(1, 2)", "string", "POINT(1 2)")]
    [InlineData("varbinary(9)", "'grün'", "string", "grün")]
    [InlineData("varchar(9) character set latin1", "'é'", "binary", "xC3A9")]
    public async Task The_user_can_ask_for_another_type(string declared, string value, string wanted, string read)
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            $"create table t (id int primary key, v {declared} null)",
            $"insert into t values (1, {value}), (2, null)"
        );
        Assert.True(ColumnType.TryParse(wanted, out var type));
        Assert.Equal([$"1|{read}", "2|null"], await database.ReadAsync(As("t", "v", type)));
    }

    [Theory]
    [InlineData("int", "boolean", "2", "a number other than 0 and 1")]
    [InlineData("int", "byte", "128", "a greater number")]
    [InlineData("bigint unsigned", "long", "9223372036854775808", "a greater number")]
    [InlineData("decimal(10,2)", "long", "1.50", "a number with more digits")]
    [InlineData("decimal(10,2)", "decimal(3,2)", "10.00", "a number with more digits")]
    [InlineData("varbinary(9)", "string", "x'FF'", "bytes that are no text in UTF-8")]
    public async Task A_value_that_does_not_fit_is_named_with_its_row(
        string declared,
        string wanted,
        string value,
        string found
    )
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            $"create table t (id int primary key, v {declared})",
            $"insert into t values (41, {value})"
        );
        Assert.True(ColumnType.TryParse(wanted, out var type));
        var fault = await Assert.ThrowsAsync<PipelineException>(() => database.ReadAsync(As("t", "v", type)));
        Assert.Contains($"'v' of app.t holds {found} at id 41", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTransient);
    }

    [Theory]
    [InlineData("decimal(39,0)", null, "does not map")]
    [InlineData("point", null, "does not map")]
    [InlineData("varchar(9)", "long", "cannot be read as long")]
    [InlineData("double", "decimal(9,2)", "cannot be read as decimal(9,2)")]
    [InlineData("double", "float", "cannot be read as float")]
    [InlineData("datetime", "date", "cannot be read as date")]
    public async Task A_type_that_cannot_be_is_refused_with_a_way_out(string declared, string? wanted, string words)
    {
        var database = await server.CreateAsync();
        await database.RunAsync($"create table t (id int primary key, v {declared})");
        var table =
            wanted is not null && ColumnType.TryParse(wanted, out var type) ? As("t", "v", type) : new() { Name = "t" };
        await using var source = await database.OpenAsync();
        var fault = await Assert.ThrowsAsync<PipelineException>(() => source.DescribeAsync(table));
        Assert.Contains("'v' of app.t", fault.Message, StringComparison.Ordinal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Contains("type: string", fault.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_and_invisible_columns_are_read_and_excluded_ones_not_mapped()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key, a int, b int as (a * 2) virtual, c int as (a * 3) stored, d int invisible default 9, g point)",
            "insert into t (id, a) values (1, 5)"
        );
        var table = new SourceTable
        {
            Name = "t",
            Columns = new Dictionary<string, ColumnRule> { ["g"] = new() { IsExcluded = true } },
        };
        Assert.Equal(["1|5|10|15|9"], await database.ReadAsync(table));
    }

    [Fact]
    public async Task Values_above_the_servers_packet_come_through()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key, b longblob, l longtext character set latin1, u longtext)",
            "insert into t values (1, repeat('x', 64000000), repeat('é', 20000000), repeat('é', 20000000)), (2, 'y', 'z', null)",
            "set global max_allowed_packet = 16777216"
        );
        try
        {
            await using var source = await database.OpenAsync();
            var shape = await source.DescribeAsync(new() { Name = "t" });
            var request = MySqlDatabase.RequestOf(shape);
            var page = MySqlDatabase.PageOf(request);
            var next = await source.ReadPageAsync(request, page);
            Assert.Equal(1, page.Rows);
            Assert.Equal(
                [64_000_000, 40_000_000, 40_000_000],
                page.Columns.OfType<BytesColumnBuffer>().Select(column => column.Ends[0])
            );
            Assert.True(((BytesColumnBuffer)page.Columns[2]).Data.IndexOfAnyExcept((byte)0xC3, (byte)0xA9) < 0);
            Assert.Equal(["2|x79|z|null"], await MySqlDatabase.ReadAsync(source, request with { Lower = next }));
        }
        finally
        {
            await database.RunAsync("set global max_allowed_packet = 134217728");
        }
    }

    private static SourceTable As(string table, string column, ColumnType type) =>
        new()
        {
            Name = table,
            Columns = new Dictionary<string, ColumnRule> { [column] = new() { Type = type } },
        };

    private static string Literal(string declared, string value) =>
        declared is "float" or "double" or "year" ? value : $"'{value}'";
}
