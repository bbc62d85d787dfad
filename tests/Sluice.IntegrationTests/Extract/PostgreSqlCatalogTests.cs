using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>What a PostgreSQL database says of its tables, and what it lets a user read.</summary>
public sealed class PostgreSqlCatalogTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Columns_come_in_order_with_their_types_as_declared()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create table t (z numeric(10,2) not null, gone int, a varchar(12), \"Ü x\" timestamptz(3)); alter table t drop column gone"
        );
        var shape = await DescribeAsync(database, "t");
        Assert.Equal(
            [
                new SourceColumn("z", ColumnType.Decimal(10, 2), "numeric(10,2)", IsNullable: false),
                new("a", ColumnKind.String, "character varying(12)"),
                new("Ü x", ColumnKind.Timestamp, "timestamp(3) with time zone"),
            ],
            shape.Columns
        );
    }

    [Theory]
    [InlineData("a int primary key, b int unique not null", "a; b")]
    [InlineData("a int not null unique, b int, primary key (b, a)", "b,a; a")]
    [InlineData("a int unique, b int", "")]
    [InlineData("a int not null, b int not null, unique (b, a)", "b,a")]
    [InlineData("a int not null, b int, unique (a, b)", "")]
    [InlineData("a int not null, b int, unique (a) include (b)", "a")]
    [InlineData("a int not null, b int, unique (a) deferrable initially deferred", "")]
    public async Task Keys_are_unique_and_never_null(string columns, string keys)
    {
        var database = server.CreateDatabase();
        database.Execute(
            $"create table t ({columns}); create unique index on t (a) where a > 0; create unique index on t ((a + 1))"
        );
        var shape = await DescribeAsync(database, "t");
        Assert.Equal(keys, string.Join("; ", shape.UniqueKeys.Select(key => string.Join(',', key))));
        Assert.Equal(keys.Length == 0 ? "ctid" : keys.Split(';')[0], string.Join(',', shape.ScanOrder));
    }

    [Fact]
    public async Task Names_may_have_a_schema_and_quotes_and_dots()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create schema "My.Shop"; create table "My.Shop"."Or""ders" ("I d" int primary key, "select" text);
            insert into "My.Shop"."Or""ders" values (1, 'x');
            create schema s; create table s.plain (n int primary key); insert into s.plain values (7);
            create table plain (m text); insert into plain values ('public');
            """
        );
        Assert.Equal(["1|x"], await database.ReadAsync("\"My.Shop\".\"Or\"\"ders\""));
        Assert.Equal(["7"], await database.ReadAsync("s.plain"));
        Assert.Equal(["public"], await database.ReadAsync("plain"));

        var source = database.Source();
        await using var open = await PostgreSqlDatabase.OpenAsync(
            source with
            {
                Connection = source.Connection! with { Schema = "s" },
            }
        );
        var shape = await open.DescribeAsync(PostgreSqlDatabase.TableOf("plain"));
        Assert.Equal(["7"], await PageReading.AllAsync(open, PageReading.Of(shape)));
        Assert.Equal(
            ["\"My.Shop\".\"Or\"\"ders\"", "plain", "public.plain"],
            (await open.ListTablesAsync()).Select(listing => listing.Name)
        );
    }

    [Fact]
    public async Task Partitions_heirs_and_stored_views_are_read()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create table parts (id int primary key, v text) partition by range (id);
            create table parts_1 partition of parts for values from (0) to (10);
            create table parts_2 partition of parts for values from (10) to (20);
            insert into parts select i, 'p' from generate_series(1, 19) i;
            create table keyless (id int) partition by hash (id);
            create table keyless_1 partition of keyless for values with (modulus 1, remainder 0);
            insert into keyless values (1), (2);
            create table parent (id int primary key); create table child () inherits (parent);
            insert into parent values (1); insert into child values (1), (2);
            create materialized view stored as select i as n from generate_series(1, 5) i;
            create view looks as select * from stored;
            """
        );
        Assert.Equal(19, (await database.ReadAsync("parts", pageRows: 4)).Count);
        Assert.Equal(["id"], (await DescribeAsync(database, "parts")).ScanOrder);
        Assert.Empty((await DescribeAsync(database, "keyless")).ScanOrder);
        Assert.Equal(2, (await database.ReadAsync("keyless")).Count);
        Assert.Empty((await DescribeAsync(database, "parent")).UniqueKeys);
        Assert.Equal(3, (await database.ReadAsync("parent", pageRows: 1)).Count);
        Assert.Equal(5, (await database.ReadAsync("stored", pageRows: 2)).Count);
        Assert.Equal(5, (await database.ReadAsync("looks", pageRows: 2)).Count);

        await using var source = await database.OpenAsync();
        Assert.Equal(
            ["child", "keyless", "looks*", "parent", "parts", "stored*"],
            (await source.ListTablesAsync()).Select(listing => listing.Name + (listing.IsView ? "*" : ""))
        );
    }

    [Fact]
    public async Task A_foreign_table_is_read_by_one_statement()
    {
        var database = server.CreateDatabase();
        Assert.SkipWhen(
            database.Value("select count(*) from pg_available_extensions where name = 'file_fdw'") is 0L,
            "file_fdw is not installed."
        );
        database.Execute(
            """
            create extension file_fdw; create server files foreign data wrapper file_fdw;
            create foreign table lines (line text) server files options (program 'printf ''a\nb\n''', format 'text');
            """
        );
        Assert.Equal(["a", "b"], await database.ReadAsync("lines", pageRows: 1));
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_named_with_one_that_is()
    {
        var database = server.CreateDatabase();
        database.Execute("create table orders (id int)");
        var refused = await Assert.ThrowsAsync<PipelineException>(() => DescribeAsync(database, "order"));
        Assert.Contains("no table 'order'", refused.Message);
        Assert.Contains("'orders'", refused.Hint);
    }

    [Fact]
    public async Task A_column_that_changes_under_a_load_is_named()
    {
        var database = server.CreateDatabase();
        database.Execute("create table t (id int primary key, v int)");
        await using var source = await database.OpenAsync();
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        database.Execute("alter table t alter v type text");
        var refused = await Assert.ThrowsAsync<PipelineException>(() =>
            PageReading.AllAsync(source, PageReading.Of(shape))
        );
        Assert.Contains("'v'", refused.Message);
    }

    [Fact]
    public async Task Bounds_are_instants_in_the_form_of_the_cursor()
    {
        var database = server.CreateDatabase();
        database.Execute(
            """
            create table t (id int primary key, at timestamptz, here timestamp, day date, n numeric(20,0));
            insert into t values
                (1, '2024-06-30 21:59:59.999999+00', '2024-06-30 23:59:59.999999', '2024-06-30', 9),
                (2, '2024-06-30 22:00+00', '2024-07-01 00:00', '2024-07-01', 10),
                (3, '2024-07-01 22:00+00', '2024-07-02 00:00', '2024-07-02', 11);
            """
        );
        await using var source = await database.OpenAsync(TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna"));
        var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf("t"));
        var midnight = Micros.From(new DateTimeOffset(2024, 7, 1, 0, 0, 0, TimeSpan.FromHours(2)));
        foreach (
            var (name, low) in new[] { ("at", midnight), ("here", midnight), ("day", midnight), ("n", 10L), ("id", 2L) }
        )
        {
            var cursor = shape.Find(name)!;
            var high = cursor.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date ? low + Micros.PerDay : low + 1;
            var rows = await PageReading.AllAsync(
                source,
                PageReading.Of(shape) with
                {
                    Columns = [shape.Columns[0]],
                    Order = [name, "id"],
                    Lower = source.BoundAt(cursor, low),
                    Upper = source.BoundAt(cursor, high),
                }
            );
            Assert.Equal(["2"], rows);
        }
    }

    [Fact]
    public async Task The_greatest_id_is_read_and_an_empty_table_has_none()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create table t (id int primary key); create table e (id bigint); insert into t values (5), (9223)"
        );
        await using var source = await database.OpenAsync();
        foreach (var (table, greatest) in new[] { ("t", 9223L), ("e", (long?)null) })
        {
            var shape = await source.DescribeAsync(PostgreSqlDatabase.TableOf(table));
            Assert.Equal(greatest, await source.ReadGreatestAsync(shape, shape.Columns[0]));
        }
    }

    [Fact]
    public async Task Missing_rights_are_statements_and_once_they_ran_nothing_is_missing()
    {
        var database = server.CreateDatabase();
        var user = $"r_{database.Name}";
        database.Execute(
            $"""
            create role {user} login password 'p';
            create schema s; create table s.t (id int primary key, v text, secret text); insert into s.t values (1, 'x', 'y');
            create table u (id int primary key, v text, secret text); grant select (id, v) on u to {user};
            create table keyless (v text);
            """
        );
        var source = database.Source();
        var limited = source with { Connection = source.Connection! with { User = user, Password = "p" } };
        SourceTable[] tables =
        [
            PostgreSqlDatabase.TableOf("s.t"),
            PostgreSqlDatabase.TableOf("u") with
            {
                Selected = ["v"],
            },
            PostgreSqlDatabase.TableOf("keyless"),
        ];

        await using (var open = await PostgreSqlDatabase.OpenAsync(limited))
        {
            var missing = await open.FindMissingRightsAsync(tables);
            Assert.Equal(
                [
                    $"grant usage on schema \"s\" to \"{user}\"",
                    $"grant select on \"s\".\"t\" to \"{user}\"",
                    $"grant select on \"public\".\"keyless\" to \"{user}\"",
                ],
                missing
            );
            var shape = await open.DescribeAsync(tables[0]);
            var refused = await Assert.ThrowsAsync<PipelineException>(() =>
                PageReading.AllAsync(open, PageReading.Of(shape))
            );
            Assert.Contains($"The user '{user}' may not read", refused.Message);
            database.Execute(string.Join(';', missing));
        }

        await using var allowed = await PostgreSqlDatabase.OpenAsync(limited);
        Assert.Empty(await allowed.FindMissingRightsAsync(tables));
        foreach (var table in tables)
        {
            await PageReading.AllAsync(allowed, PageReading.Of(await allowed.DescribeAsync(table)));
        }
    }

    private static async Task<SourceShape> DescribeAsync(PostgreSqlDatabase database, string table)
    {
        await using var source = await database.OpenAsync();
        return await source.DescribeAsync(PostgreSqlDatabase.TableOf(table));
    }
}
