using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>What a cursor cannot tell is found by checksums of key ranges, which the servers compute themselves, for all types.</summary>
public sealed partial class ReconcileTests(PostgreSqlServer postgreSql, MariaDbServer mariaDb)
{
    private const string Day = "2015-05-01";
    private const int Rows = 40_000;

    private const string OfPostgreSql = """
        create type mood as enum ('sad', 'glad');
        create table t (
            id bigint primary key, changed_at timestamptz not null,
            flag boolean, small smallint, plain integer, number oid, real4 real, real8 double precision,
            price numeric(12,3), wide numeric(38,10), words text, short varchar(40), fixed char(9), title name,
            doc json, docb jsonb, mark uuid, bytes bytea, day date, at timestamptz, wall timestamp, clock time, span interval,
            list integer[], feeling mood, address inet
        );
        insert into t select i, timestamptz '2015-05-01 00:00+00' + i % 80000 * interval '1 second',
            i % 2 = 0, i % 60000 - 30000, i * 7919 - 100000, i, i / 7.0, case i % 9 when 0 then 0.1::float8 + 0.2 when 1 then 'NaN' when 2 then '-Infinity' when 3 then '-0' when 4 then 1e-300 else i / 3.0 end,
            i / 8.0 - 2000, -i * 1234567890123456.0123456789, 'wörd 🤦🏼‍♂️ ' || i, repeat('x', i % 40), 'c' || i % 7, 'n' || i,
            '{"a": 1}', '{"b": 2, "a": 1}', md5(i::text)::uuid, decode(md5(i::text), 'hex'),
            date '0001-01-01' + i * 70, timestamptz '1960-01-01 00:00+00' + i * interval '1234567 milliseconds' + i * interval '1 microsecond',
            timestamp '1999-12-31 23:59:59.999999' + i * interval '1 hour', time '12:34:56.789', i * interval '1 second',
            array[i, null], case when i % 3 = 0 then 'sad'::mood else 'glad' end, '10.0.0.1'
        from generate_series(1, 40000) i;
        insert into t (id, changed_at) values (40001, '2015-05-01 10:00+00');
        insert into t (id, changed_at, words, bytes, at, day) values
            (-9223372036854775808, '2015-05-01 10:00+00', '', '', '9999-12-31 23:59:59.999999+00', '9999-12-31'),
            (9223372036854775807, '2015-05-01 10:00+00', '~,:''\"', '\x00', '0001-01-01 00:00:00+00', null);
        analyze t;
        """;

    private const string OfMariaDb = """
        create table t (
            id bigint primary key, changed_at timestamp(6) not null,
            tiny tinyint, small smallint unsigned, plain int(9) unsigned zerofill, big bigint unsigned, made year, one bit(1), bits bit(40),
            real4 float, real8 double, two double(12,2), price decimal(12,3), wide decimal(38,10), words text character set utf8mb4,
            old varchar(40) character set latin1, fixed char(9), feeling enum('sad', 'glad'), many set('a', 'b'), doc json,
            bytes varbinary(40), padded binary(20), day date, wall datetime(6), at timestamp(3) null, clock time(2), mark uuid, address inet6
        );
        insert into t select seq, timestamp '2015-05-01 00:00:00' + interval (seq % 80000) second,
            seq % 250 - 125, seq, seq, cast(18446744073709551615 as unsigned) - cast(seq as unsigned), 1950 + seq % 100, seq % 2, seq,
            seq / 7, case seq % 5 when 0 then 0.1e0 + 0.2e0 when 1 then seq * 1e290 when 2 then 1e-7 / seq when 3 then -seq / 3e0 else seq end, seq / 3, seq / 8 - 2000, -seq * 1234567890123456.0123456789,
            concat('wörd 🤦🏼‍♂️ ', seq), concat('é', seq), concat('c', seq % 7), if(seq % 3 = 0, 'sad', 'glad'), 'a,b', '[1, "ä"]',
            unhex(md5(seq)), unhex(md5(seq)), date '1000-01-01' + interval seq day, timestamp '1999-12-31 23:59:59.999999' + interval seq hour,
            timestamp '2001-01-01 00:00:00.125' + interval seq minute, sec_to_time(seq), uuid(), '::1'
        from (select cast(seq as signed) as seq from seq_1_to_40000) as numbers;
        insert into t (id, changed_at) values (40001, '2015-05-01 10:00:00');
        insert into t (id, changed_at, words, bytes, wall, day) values
            (-9223372036854775808, '2015-05-01 10:00:00', '', '', '9999-12-31 00:00:00.000001', '9999-12-31'),
            (9223372036854775807, '2015-05-01 10:00:00', '~,:\\"', unhex('00'), '0001-01-02 00:00:00', null);
        """;

    private const string OfSqlite = """
        create table t (id integer primary key, changed_at datetime not null, words text, price decimal(12,3), real8 double, bytes blob, day date, flag boolean);
        with recursive n(i) as (select 1 union all select i + 1 from n where i < 40000)
        insert into t select i, datetime('2015-05-01', (i % 80000) || ' seconds'), 'wörd 🤦🏼‍♂️ ' || i, i / 8.0, i / 3.0, x'00ff', '2015-05-01', i % 2 from n;
        insert into t (id, changed_at) values (40001, '2015-05-01 10:00:00');
        insert into t (id, changed_at, words, price) values (-9223372036854775808, '2015-05-01 10:00:00', '', -0.005),
            (9223372036854775807, '2015-05-01 10:00:00', '~,:', 0);
        """;

    private const string Changes = """
        delete from t where id in (77, 20000, 20001, 9223372036854775807);
        update t set words = 'silent' where id in (78, 30000);
        update t set words = null where id = 30001;
        insert into t (id, changed_at, words) values (0, '2014-05-01 10:00:00', 'missed');
        """;

    [Fact]
    public void A_table_of_all_types_on_PostgreSQL_is_compared_without_reading_it()
    {
        var database = postgreSql.CreateDatabase();
        database.Execute(OfPostgreSql);
        using var project = database.CreateProject("t: {cursor: changed_at}");

        AssertRepairs(project, database.Execute, isRead: false);
    }

    [Fact]
    public void Times_of_a_zone_are_compared_by_its_wall_clock()
    {
        var database = postgreSql.CreateDatabase();
        database.Execute(
            """
            create table t (id integer primary key, changed_at timestamp not null, words text);
            insert into t select i, timestamp '2014-10-20' + i * interval '8 minutes', 'x' from generate_series(1, 30000) i;
            """
        );
        using var project = database.CreateProject("t: {cursor: changed_at}");
        var yaml = File.ReadAllText(Path.Combine(project.Folder, "sluice.yaml"));
        project.Write(
            "sluice.yaml",
            yaml.Replace("timezone: UTC", "timezone: Europe/Berlin", StringComparison.Ordinal)
        );
        project.Run("extract", "--date", Day).Done();

        var compared = Compare(project, "--dry-run");
        database.Execute("update t set changed_at = changed_at - interval '1 hour' where id = 9000");
        var changed = Compare(project, "--dry-run");

        // The hour that spring leaves out is written by nobody's clock: such rows are read, and are the same.
        Assert.Contains("They are the same.", compared.Text, StringComparison.Ordinal);
        Assert.InRange(compared.Different, 0, 1);
        Assert.Contains(" 1 rows are another in the source", changed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_of_all_types_on_MariaDB_is_compared_without_reading_it()
    {
        var database = await mariaDb.CreateAsync();
        void Execute(string sql) => database.RunAsync(Statements(sql)).GetAwaiter().GetResult();
        Execute(OfMariaDb);
        using var project = database.CreateProject("t: {cursor: changed_at, columns: {two: {exclude: true}}}");

        AssertRepairs(project, Execute, isRead: false);
    }

    [Fact]
    public void A_table_of_SQLite_is_compared_by_checksums_of_what_is_read()
    {
        using var project = SluiceProject.Of(OfSqlite, "t: {cursor: changed_at}");

        AssertRepairs(project, project.Sql, isRead: true);
    }

    // Every row is the source's, and what differs is found by reading little more than it.
    private static void AssertRepairs(SluiceProject project, Action<string> execute, bool isRead)
    {
        project.Write("models/seen.sql", "select id, words from {{ source('app', 't') }}");
        project.RunDay(Day);

        var same = Compare(project);
        Assert.Equal((Rows + 3, 0, isRead ? Rows + 3 : 0), (same.Rows, same.Different, same.Read));
        Assert.True(same.Ranges is >= 3 and < 200, $"{same.Ranges} ranges");
        Assert.Contains("They are the same.", same.Text, StringComparison.Ordinal);

        execute(Changes);
        var dry = Compare(project, "--dry-run");
        var found = Compare(project);
        Assert.Equal(dry.Text.Split('\n')[..5], found.Text.Split('\n')[..5]);
        Assert.Contains(" 1 rows are missing in the lake", found.Text, StringComparison.Ordinal);
        Assert.Contains(" 3 rows are another in the source", found.Text, StringComparison.Ordinal);
        Assert.Contains(" 4 rows are gone from the source", found.Text, StringComparison.Ordinal);
        Assert.InRange(found.Different, 1, 6);
        Assert.InRange(found.Read - same.Read, 1, 6 * 1024);
        Assert.Contains("They are the same.", Compare(project).Text, StringComparison.Ordinal);

        project.Run("model", "--date", Day).Done();
        Assert.Equal(
            ["0,missed", "78,silent", "30000,silent", "30001,"],
            project.Query(
                "select id, words from seen where id in (0, 77, 78, 20000, 20001, 30000, 30001, 9223372036854775807) order by id"
            )
        );
    }

    private static (int Rows, int Ranges, int Different, int Read, string Text) Compare(
        SluiceProject project,
        params string[] options
    )
    {
        var text = project.Run(["extract", "reconcile", "t", .. options]).Done().Output;
        var said = Report().Match(text);
        Assert.True(said.Success, text);
        int Number(string name) =>
            int.Parse(
                said.Groups[name].Value.Replace(",", "", StringComparison.Ordinal),
                System.Globalization.CultureInfo.InvariantCulture
            );
        return (Number("rows"), Number("ranges"), Number("different"), Number("read"), text);
    }

    private static IEnumerable<string> Statements(string sql) =>
        sql.Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(
        @"t: (?<rows>[\d,]+) rows in the source.*of (?<ranges>[\d,]+) key ranges: (?<different>[\d,]+) differed, (?<read>[\d,]+) rows were read",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Report();
}
