using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>Pages of a PostgreSQL table: none is lost, none comes twice, none is too large.</summary>
public sealed class PostgreSqlPagesTests(PostgreSqlServer server)
{
    [Fact]
    public async Task A_range_has_its_lower_bound_only_where_that_is_inclusive_and_never_its_upper_one()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (id int primary key); insert into t select generate_series(1, 9)");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var (low, high) = (source.BoundAt(shape.Columns[0], 3), source.BoundAt(shape.Columns[0], 7));
        var request = PageReading.Of(shape) with { Lower = low, Upper = high, MaxRows = 2 };

        Assert.Equal(["3", "4", "5", "6"], await PageReading.AllAsync(source, request));
        Assert.Equal(
            ["4", "5", "6"],
            await PageReading.AllAsync(source, request with { Lower = low with { IsInclusive = false } })
        );
    }

    [Fact]
    public async Task A_cursor_of_updates_is_read_with_the_key_behind_it_and_nulls_apart()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create table t (id int primary key, at timestamptz);
            insert into t select i, case when i % 5 > 0 then timestamptz '2024-01-01 00:00+00' + i / 10 * interval '1 hour' end
            from generate_series(1, 100) i;
            """
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var request = PageReading.Of(shape) with { Order = ["at", "id"], MaxRows = 7 };

        Assert.Equal(80, (await PageReading.AllAsync(source, request)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(80, (await PageReading.AllAsync(source, request with { MaxRows = 1000 })).Count);
        Assert.Equal(
            20,
            (await PageReading.AllAsync(source, request with { Order = ["id"], NullColumn = "at" })).Count
        );
    }

    [Fact]
    public async Task Only_the_columns_that_are_asked_for_are_read_and_the_key_orders_them_unseen()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create table t (a numeric(9,3), b text, primary key (a, b)); insert into t select i / 7.0, 'x' || i from generate_series(1, 50) i"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t") with { Selected = ["b"] });

        Assert.Equal(["b"], shape.Columns.Select(column => column.Name));
        Assert.Equal("a", Assert.Single(shape.Hidden).Name);
        Assert.Equal(
            Enumerable.Range(1, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"x{i}")),
            await PageReading.AllAsync(source, PageReading.Of(shape) with { MaxRows = 3 })
        );
    }

    [Fact]
    public async Task A_page_uses_the_index_of_its_key_from_where_the_last_one_ended()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create table t (a bigint, b text, primary key (a, b)); insert into t select i / 10, i::text from generate_series(1, 100000) i; analyze t"
        );
        var plan = (string)
            database.Value(
                "explain (format json) select t.\"a\", t.\"b\" from t as t where (t.\"a\", t.\"b\") > ('5000'::bigint, '50001'::text) order by t.\"a\", t.\"b\" limit 1000"
            )!;
        Assert.Contains("Index Cond", plan);
        Assert.DoesNotContain("\"Sort\"", plan);
        Assert.Equal(
            100_000,
            (await database.ReadAsync("t", pageRows: 9_999)).Distinct(StringComparer.Ordinal).Count()
        );
    }

    [Fact]
    public async Task Rows_that_are_inserted_meanwhile_make_none_come_twice_or_go_missing()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create table t (id int primary key, v text); insert into t select i * 2, 'before' from generate_series(1, 1000) i"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var odd = -1;

        var rows = await PageReading.AllAsync(
            source,
            PageReading.Of(shape) with
            {
                MaxRows = 97,
            },
            _ =>
                database.Execute(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"insert into t select i, 'meanwhile' from generate_series({odd += 2}, 2001, 44) i on conflict do nothing"
                    )
                )
        );

        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1000, rows.Count(row => row.EndsWith("before", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_table_without_a_key_is_read_block_by_block_also_over_empty_ones()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create table t (n int, v text) with (autovacuum_enabled = off);
            insert into t select i, repeat('x', 200) from generate_series(1, 60000) i; analyze t;
            delete from t where n between 1000 and 59000;
            """
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var pages = new List<int>();

        var rows = await PageReading.AllAsync(source, PageReading.Of(shape) with { MaxRows = 500 }, pages.Add);

        Assert.Equal(["ctid"], shape.ScanOrder);
        Assert.Empty(shape.UniqueKeys);
        Assert.Equal(60_000, shape.EstimatedRows);
        Assert.Contains(0, pages);
        Assert.Equal(
            Enumerable.Range(1, 999).Concat(Enumerable.Range(59_001, 1000)),
            rows.Select(row => int.Parse(row.Split('|')[0], CultureInfo.InvariantCulture))
        );
    }

    [Fact]
    public async Task Parts_of_a_table_without_a_key_make_up_the_whole()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t as select i as n from generate_series(1, 20000) i");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        Assert.Equal(20_000, await CountOfPartsAsync(source, PageReading.Of(shape) with { MaxRows = 333 }, 4));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("v")]
    [InlineData("at")]
    public async Task Parts_of_a_table_with_statistics_are_even_and_make_up_the_whole(string key)
    {
        var database = server.CreateDatabase();
        database.Execute(
            $"""
            create table t (id int not null, v text collate "C" not null, at timestamptz not null, primary key ({key}));
            insert into t select i, 'v' || i, timestamptz '2024-01-01+00' + i * interval '1 s' from generate_series(1, 20000) i;
            analyze t;
            """
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        Assert.Equal(20_000, await CountOfPartsAsync(source, PageReading.Of(shape), 4, least: 3_000));
    }

    [Fact]
    public async Task Parts_of_a_table_without_statistics_are_cut_by_the_least_and_greatest_number()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (id int primary key); insert into t select generate_series(1, 1000)");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        Assert.Equal(1000, await CountOfPartsAsync(source, PageReading.Of(shape), 4, least: 200));
    }

    [Fact]
    public async Task A_view_is_read_by_one_statement_over_many_pages()
    {
        var database = server.CreateDatabase();
        database.Execute("create view v as select i as n, 'row ' || i as t from generate_series(1, 50000) i");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("v"));
        Assert.Empty(shape.ScanOrder);

        var rows = await PageReading.AllAsync(source, PageReading.Of(shape) with { MaxRows = 999 });

        Assert.Equal(50_000, rows.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(50_000, (await PageReading.AllAsync(source, PageReading.Of(shape))).Count);
        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            source.ReadPageAsync(
                PageReading.Of(shape) with
                {
                    Lower = new(["next"], false),
                },
                PageReading.PageOf(PageReading.Of(shape))
            )
        );
        Assert.Contains("one statement", refused.Message);
    }

    [Fact]
    public async Task Wide_rows_make_short_pages()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create table t (id int primary key, v text); insert into t select i, repeat('x', 100000 + i) from generate_series(1, 300) i"
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var pages = new List<int>();

        var rows = await PageReading.AllAsync(source, PageReading.Of(shape), pages.Add);

        Assert.All(
            rows,
            (row, i) => Assert.Equal(100_001 + i, row.Length - row.IndexOf('|', StringComparison.Ordinal) - 1)
        );
        Assert.All(pages, count => Assert.InRange(count, 0, 42));
    }

    [Fact]
    public async Task A_row_wider_than_a_page_comes_through_and_gives_its_memory_back()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create table t (id int primary key, v text, b bytea);
            insert into t values (1, 'small', '\x00'), (2, repeat('y', 64 << 20), decode(repeat('ab', 1 << 20), 'hex')), (3, 'end', null);
            """
        );
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));

        var rows = await PageReading.AllAsync(source, PageReading.Of(shape));

        Assert.Equal(
            [1 + 1 + 5 + 1 + 3, 1 + 1 + (64 << 20) + 1 + 1 + (2 << 20), 1 + 1 + 3 + 1 + 4],
            rows.Select(row => row.Length)
        );
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_value_too_large_for_memory_is_refused_by_its_columns_name()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (id int primary key, v bytea)");
        database.Execute("insert into t values (1, convert_to(repeat('y', (256 << 20) + 1), 'UTF8'))");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));

        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            PageReading.AllAsync(source, PageReading.Of(shape))
        );

        Assert.Contains("'v' of app.t holds a value of more than 256 MiB", refused.Message);
    }

    private static async Task<int> CountOfPartsAsync(ISource source, PageRequest request, int parts, int least = 0)
    {
        var cuts = await source.SplitAsync(request, parts);
        Assert.Equal(parts - 1, cuts.Count);
        var rows = new List<string>();
        for (var i = 0; i < parts; i++)
        {
            var part = await PageReading.AllAsync(
                source,
                request with
                {
                    Lower = i == 0 ? null : cuts[i - 1],
                    Upper = i == parts - 1 ? null : cuts[i],
                }
            );
            Assert.True(part.Count >= least, $"A part has {part.Count} rows.");
            rows.AddRange(part);
        }

        return rows.Distinct(StringComparer.Ordinal).Count();
    }
}
