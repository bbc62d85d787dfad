using CsCheck;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>Pages of a table are the table: no row twice, none left out, whatever orders it.</summary>
public sealed class MySqlPagesTests(MariaDbServer server)
{
    [Theory]
    [InlineData("k varchar(40) character set latin1 collate latin1_german1_ci", "concat('n', seq)")]
    [InlineData("k varchar(40) collate utf8mb4_unicode_ci", "concat('n', seq)")]
    [InlineData("k varbinary(16)", "unhex(md5(seq))")]
    [InlineData("k datetime(6)", "timestamp '2020-01-01 00:00:00' + interval seq second")]
    [InlineData("k decimal(20,4)", "seq")]
    [InlineData("k uuid", "uuid()")]
    [InlineData("k bit(40)", "seq")]
    [InlineData("k bigint unsigned", "seq")]
    public async Task A_page_reads_the_index_from_where_the_one_before_ended(string key, string value)
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            $"create table t ({key} not null, id int, f char(200) default 'x', primary key (k, id))",
            $"insert into t (k, id) select {value}, seq from seq_1_to_20000",
            "analyze table t"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(new() { Name = "t" });
        var request = MySqlDatabase.RequestOf(shape, 100);
        var page = MySqlDatabase.PageOf(request);
        for (var i = 0; i < 150; i++)
        {
            page.Clear();
            request = request with { Lower = await source.ReadPageAsync(request, page) };
        }

        var before = await RowsReadAsync(source);
        page.Clear();
        await source.ReadPageAsync(request, page);
        Assert.Equal(100, page.Rows);
        Assert.InRange(await RowsReadAsync(source) - before, 100, 110);
    }

    [Fact]
    public async Task Rows_that_are_inserted_meanwhile_neither_double_nor_displace_others()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (a int, b int, primary key (a, b))",
            "insert into t select seq % 7, seq * 2 from seq_1_to_3000"
        );
        await using var source = await database.OpenAsync();
        var request = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = "t" }), 100);
        var page = MySqlDatabase.PageOf(request);
        var read = new List<string>();
        var turn = 0;
        do
        {
            page.Clear();
            request = request with { Lower = await source.ReadPageAsync(request, page) };
            read.AddRange(PageText.Rows(page));
            await database.RunAsync(
                $"insert into t select (seq + {turn}) % 7, seq * 200 + {(turn * 2) + 1} from seq_1_to_30"
            );
            turn++;
        } while (request.Lower is not null);

        Assert.Equal(read.Count, read.Distinct().Count());
        Assert.Equal(
            (await database.AskAsync("select a, b from t where b % 2 = 0")).Order(),
            read.Where(row => int.Parse(row.Split('|')[1], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0)
                .Order()
        );
    }

    [Fact]
    public async Task A_range_has_its_bounds_and_the_rows_without_a_cursor_are_another()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key, at datetime(3), s timestamp null, n int, key (at, id))",
            "insert into t values (1, '2024-01-01', '2024-01-01', 1), (2, '2024-01-02', '2024-01-02', 2), (3, '2024-01-02', '2024-01-02 12:00:00', 2), (4, '2024-01-03', '2024-01-03', 3), (5, null, null, null)"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(new() { Name = "t" });
        var day = Core.Time.Micros.From(new(2024, 1, 2, 0, 0, 0, TimeSpan.Zero));
        foreach (var cursor in new[] { "at", "s" })
        {
            var range = MySqlDatabase.RequestOf(shape, 1) with
            {
                Order = [cursor, "id"],
                Lower = source.BoundAt(shape.Find(cursor)!, day),
                Upper = source.BoundAt(shape.Find(cursor)!, day + Core.Time.Micros.PerDay),
            };
            Assert.Equal(["2", "3"], (await MySqlDatabase.ReadAsync(source, range)).Select(row => row[..1]));
        }

        var ids = MySqlDatabase.RequestOf(shape, 1) with
        {
            Order = ["n", "id"],
            Lower = source.BoundAt(shape.Find("n")!, 2),
            Upper = source.BoundAt(shape.Find("n")!, 3),
        };
        Assert.Equal(["2", "3"], (await MySqlDatabase.ReadAsync(source, ids)).Select(row => row[..1]));
        Assert.Equal(3, await source.ReadGreatestAsync(shape, shape.Find("n")!));
        var without = MySqlDatabase.RequestOf(shape) with { NullColumn = "at" };
        Assert.Equal(["5"], (await MySqlDatabase.ReadAsync(source, without)).Select(row => row[..1]));
    }

    [Theory]
    [InlineData("2024-10-27T00:15:00Z", "02:15")] // first coming of 02:15
    [InlineData("2024-10-27T01:15:00Z", "03:00")] // second coming: all that the clock showed then counts as the first
    [InlineData("2024-10-27T02:00:00Z", "03:00")]
    [InlineData("2024-10-27T02:15:00Z", "03:15")]
    public async Task A_bound_falls_into_the_hour_that_comes_twice_as_the_rows_do(string instant, string local)
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (at datetime primary key)",
            "insert into t select timestamp '2024-10-27 00:00:00' + interval seq minute from seq_0_to_300"
        );
        await using var source = await database.OpenAsync(
            database.Definition with
            {
                TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            }
        );
        var shape = await source.DescribeAsync(new() { Name = "t" });
        var at = Core.Time.Micros.From(
            DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)
        );
        var bound = source.BoundAt(shape.Columns[0], at);
        Assert.Equal($"2024-10-27 {local}:00.000000", bound.Values[0]);
        var page = MySqlDatabase.RequestOf(shape) with { Lower = bound };
        var buffer = MySqlDatabase.PageOf(page);
        await source.ReadPageAsync(page, buffer);
        var times = (FixedColumnBuffer<long>)buffer.Columns[0];
        Assert.True(times.Values[0] >= at);
        Assert.Equal(
            times.Rows,
            (await MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape))).Count(row =>
                DateTimeOffset.Parse(row + "Z", System.Globalization.CultureInfo.InvariantCulture)
                >= Core.Time.Micros.ToInstant(at)
            )
        );
    }

    [Fact]
    public async Task A_table_without_a_key_and_a_view_are_read_by_one_statement()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (n int, e enum('b','a') not null unique key)",
            "create table k (n int)",
            "insert into k select seq from seq_1_to_1000",
            "create view w as select n * 2 as n from k where n <= 500"
        );
        await using var source = await database.OpenAsync();
        Assert.Empty((await source.DescribeAsync(new() { Name = "t" })).ScanOrder);
        foreach (var (table, rows) in new[] { ("k", 1000), ("w", 500) })
        {
            var shape = await source.DescribeAsync(new() { Name = table });
            Assert.Empty(shape.ScanOrder);
            var read = await MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape, 64));
            Assert.Equal(rows, read.Distinct().Count());
            Assert.Equal(rows, read.Count);
        }
    }

    [Fact]
    public async Task A_statement_that_was_given_up_ends_and_cannot_be_resumed()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table k (n int, f char(200) default 'x')",
            "insert into k (n) select seq from seq_1_to_300000"
        );
        await using var source = await database.OpenAsync();
        var request = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = "k" }), 10);
        var page = MySqlDatabase.PageOf(request);
        var next = await source.ReadPageAsync(request, page);
        await Assert.ThrowsAsync<InvalidOperationException>(() => source.ReadClockAsync());
        page.Clear();
        using (var given = new CancellationTokenSource())
        {
            await given.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
                source.ReadPageAsync(request with { Lower = next }, page, given.Token)
            );
        }

        var fault = await Assert.ThrowsAsync<PipelineException>(() =>
            source.ReadPageAsync(request with { Lower = next }, page)
        );
        Assert.Contains("cannot be resumed", fault.Message, StringComparison.Ordinal);
        await source.ReadClockAsync();
    }

    [Fact]
    public async Task Wide_rows_end_a_page_and_the_next_ones_ask_for_as_many_as_fit()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key, f mediumtext)",
            "insert into t select seq, repeat('x', 60000) from seq_1_to_1500"
        );
        await using var source = await database.OpenAsync();
        var request = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = "t" }));
        var page = MySqlDatabase.PageOf(request);
        var (rows, pages) = (0, 0);
        do
        {
            page.Clear();
            request = request with { Lower = await source.ReadPageAsync(request, page) };
            Assert.InRange(page.ByteSize, 0, RowPage.MaxBytes + 100_000);
            rows += page.Rows;
            pages++;
        } while (request.Lower is not null);

        Assert.Equal(1500, rows);
        Assert.InRange(pages, 20, 30);
        // One statement per session stays prepared for the first page and one for the others.
        Assert.InRange(await StatusAsync(source, "Com_stmt_prepare"), 1, 2);
    }

    [Fact]
    public async Task A_range_is_cut_into_even_parts_without_reading_it()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table t (id int primary key)",
            "insert into t select seq from seq_1_to_1000",
            "create table b (id bigint unsigned primary key)",
            "insert into b values (0), (18446744073709551615)",
            "create table e (id int primary key)",
            "create table s (id varchar(9) primary key)"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(new() { Name = "t" });
        var before = await RowsReadAsync(source);
        var cuts = await source.SplitAsync(MySqlDatabase.RequestOf(shape), 4);
        Assert.InRange(await RowsReadAsync(source) - before, 0, 20);
        Assert.Equal(["251", "501", "751"], cuts.Select(cut => cut.Values[0]));
        Assert.All(cuts, cut => Assert.True(cut.IsInclusive));
        var big = await source.DescribeAsync(new() { Name = "b" });
        Assert.Equal(
            ["9223372036854775808"],
            (await source.SplitAsync(MySqlDatabase.RequestOf(big), 2)).Select(cut => cut.Values[0])
        );
        foreach (var table in new[] { "e", "s" })
        {
            var none = MySqlDatabase.RequestOf(await source.DescribeAsync(new() { Name = table }));
            Assert.Empty(await source.SplitAsync(none, 4));
        }
    }

    private static async Task<long> RowsReadAsync(ISource source) =>
        await StatusAsync(source, "Handler_read_next")
        + await StatusAsync(source, "Handler_read_rnd_next")
        + await StatusAsync(source, "Handler_read_key");

    private static async Task<long> StatusAsync(ISource source, string name) =>
        (long)
            await source.ReadNumberAsync(
                $"select variable_value from information_schema.session_status where variable_name = '{name}'"
            );
}
