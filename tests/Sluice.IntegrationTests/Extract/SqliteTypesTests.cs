namespace Sluice.IntegrationTests.Extract;

/// <summary>What comes out of a SQLite database is what is in it.</summary>
public sealed class SqliteTypesTests(SqliteTypesTests.Types lake) : IClassFixture<SqliteTypesTests.Types>
{
    [Fact]
    public void Integers_keep_all_64_bits() =>
        Assert.Equal(
            ["-9223372036854775808", "-1", "0", "9223372036854775807", ""],
            lake.Project.Query("select i from app.numbers order by id")
        );

    [Fact]
    public void Floating_point_numbers_keep_their_bits_also_where_they_are_whole() =>
        Assert.Equal(["0.1", "-2.5", "3", "1E+300", ""], lake.Project.Query("select r from app.numbers order by id"));

    [Fact]
    public void Decimals_are_exact() =>
        Assert.Equal(
            ["0.1000", "-1234.5678", "999999999.9999", "0.0000", ""],
            lake.Project.Query("select d from app.numbers order by id")
        );

    [Fact]
    public void Decimals_of_fifteen_digits_are_exact()
    {
        using var project = SluiceProject.Of(
            "create table t (d decimal(18, 4)); insert into t values ('12345678901.2345'), ('99999999999.9999')",
            "t:"
        );
        project.RunDay();
        Assert.Equal(["12345678901.2345", "99999999999.9999"], project.Query("select d from app.t order by d"));
    }

    [Fact]
    public void Truths_and_dates_and_nulls_are_typed() =>
        Assert.Equal(
            ["BOOLEAN,DATE,TIMESTAMP WITH TIME ZONE,BLOB,VARCHAR,BIGINT"],
            lake.Project.Query(
                "select typeof(b), typeof(day), typeof(\"at\"), typeof(x), typeof(v), typeof(n) from app.others where id = 1"
            )
        );

    [Fact]
    public void Truths_dates_bytes_and_texts_come_through() =>
        Assert.Equal(
            ["true,2024-02-29,00ff10,text,12", "false,0001-01-01,,,", ",,,,"],
            lake.Project.Query("select b, day, x, v, n from app.others order by id")
        );

    [Fact]
    public void An_empty_text_and_empty_bytes_are_not_null() =>
        Assert.Equal(["2,2"], lake.Project.Query("select count(x), count(v) from app.others"));

    [Theory]
    [InlineData("2024-03-31T01:30:00", "2024-03-31T00:30:00Z")] // before the clocks go forward, +01:00
    [InlineData("2024-03-31T03:30:00", "2024-03-31T01:30:00Z")] // after, +02:00
    [InlineData("2024-10-27T02:30:00", "2024-10-27T00:30:00Z")] // comes twice: the first is meant
    [InlineData("2024-10-27 03:30", "2024-10-27T02:30:00Z")]
    [InlineData("2024-07-01T12:00:00Z", "2024-07-01T12:00:00Z")]
    [InlineData("2024-07-01T12:00:00+05:30", "2024-07-01T06:30:00Z")]
    [InlineData("2024-07-01 12:00:00.123456-0800", "2024-07-01T20:00:00.123456Z")]
    [InlineData("2024-07-01", "2024-06-30T22:00:00Z")]
    [InlineData("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    public void Times_are_instants_by_their_offset_or_the_zone_of_the_source(string written, string instant) =>
        Assert.Equal(instant, lake.Project.Value($"select \"at\" from app.times where written = '{written}'"));

    [Fact]
    public void The_least_and_the_greatest_rowid_are_read() =>
        Assert.Equal(
            ["-9223372036854775808,least", "0,middle", "9223372036854775807,greatest"],
            lake.Project.Query("select id, t from app.rowids order by id")
        );

    [Fact]
    public void A_table_without_rowid_is_read() =>
        Assert.Equal(["a,1", "b,2"], lake.Project.Query("select k, n from app.without order by k"));

    [Fact]
    public void A_table_that_has_its_own_columns_called_rowid_is_read() =>
        Assert.Equal(["r,o,u"], lake.Project.Query("select rowid, oid, _rowid_ from app.takes"));

    [Fact]
    public void A_view_is_read() => Assert.Equal(["2"], lake.Project.Query("select doubled from app.looks"));

    [Fact]
    public void Generated_columns_are_read() =>
        Assert.Equal(["5,10,15"], lake.Project.Query("select a, b, c from app.generated"));

    [Fact]
    public void An_empty_table_has_its_columns() =>
        Assert.Equal(
            [
                "id,BIGINT",
                "t,VARCHAR",
                "_op,VARCHAR",
                "_extracted_at,TIMESTAMP WITH TIME ZONE",
                "_seq,BIGINT",
                "ds,DATE",
            ],
            lake.Project.Query("select column_name, column_type from (describe app.blank)")
        );

    [Fact]
    public void Many_pages_of_rows_come_whole_and_in_order() =>
        Assert.Equal(
            ["200000,20000100000,200000,1,200000"],
            lake.Project.Query(
                "select count(*), sum(id), count(distinct _seq), min(_seq), max(_seq) from app.pages where _seq = id"
            )
        );

    [Theory]
    [InlineData("i bigint", "'seven'", "'i' of app.t holds a text at rowid 41", "long was expected")]
    [InlineData("i bigint", "1.5", "'i' of app.t holds a number with a fraction at rowid 41", "long")]
    [InlineData("b boolean", "2", "an integer other than 0 and 1 at rowid 41", "boolean")]
    [InlineData("d decimal(4, 2)", "1.234", "a number with more digits at rowid 41", "decimal(4,2)")]
    [InlineData("d decimal(4, 2)", "100", "a number with more digits at rowid 41", "decimal(4,2)")]
    [InlineData("d decimal(4, 2)", "'much'", "no number at rowid 41", "decimal(4,2)")]
    [InlineData("day date", "'2015-02-30'", "a text that is no date", "rowid 41")]
    [InlineData("day date", "20150230", "an integer at rowid 41", "date")]
    [InlineData("at timestamp", "'soon'", "a text that is no time", "rowid 41")]
    [InlineData("t text", "x'00'", "a BLOB at rowid 41", "string")]
    [InlineData("x blob", "'text'", "a text at rowid 41", "binary")]
    public void A_value_of_another_type_is_named_with_its_row_and_nothing_is_loaded(
        string column,
        string value,
        params string[] words
    )
    {
        using var project = SluiceProject.Of(
            $"create table t (id integer primary key, {column}); insert into t (id) values (7); insert into t values (41, {value})",
            "t:"
        );

        project.Run("run", "--date", SluiceProject.Day).Fails(1, [.. words, "type: string"]);

        Assert.Empty(project.Tables());
        project.AssertNothingStaged();
    }

    [Fact]
    public void A_column_can_be_loaded_as_text()
    {
        using var project = SluiceProject.Of(
            "create table t (id integer primary key, i bigint); insert into t values (1, 7), (2, 'seven')",
            "t: {columns: {i: {type: string}}}"
        );
        project.RunDay();
        Assert.Equal(["7", "seven"], project.Query("select i from app.t order by id"));
    }

    [Fact]
    public void A_time_without_an_offset_needs_a_zone()
    {
        using var project = SluiceProject.Of(
            "create table t (at timestamp); insert into t values ('2015-05-01T10:00:00')",
            "t:"
        );
        project.Write("sluice.yaml", "sources: {app: {kind: sqlite, path: app.db, tables: {t: }}}");
        project.Run("run", "--date", SluiceProject.Day).Fails(1, "without an offset", "timezone: UTC");
    }

    public sealed class Types : IDisposable
    {
        private static readonly string[] Times =
        [
            "2024-03-31T01:30:00",
            "2024-03-31T03:30:00",
            "2024-10-27T02:30:00",
            "2024-10-27 03:30",
            "2024-07-01T12:00:00Z",
            "2024-07-01T12:00:00+05:30",
            "2024-07-01 12:00:00.123456-0800",
            "2024-07-01",
            "1969-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59Z",
        ];

        public Types()
        {
            Project = SluiceProject.Of(
                $"""
                create table numbers (id integer primary key, i bigint, r real, d decimal(18, 4));
                insert into numbers values
                    (1, -9223372036854775808, 0.1, 0.1), (2, -1, -2.5, '-1234.5678'),
                    (3, 0, 3, '999999999.9999'), (4, 9223372036854775807, 1e300, 0), (5, null, null, null);
                create table others (id integer primary key, b boolean, day date, at datetime, x blob, v varchar(10), n int);
                insert into others values
                    (1, 1, '2024-02-29', '2024-01-01T00:00:00Z', x'00ff10', 'text', 12),
                    (2, 0, '0001-01-01', null, x'', '', null), (3, null, null, null, null, null, null);
                create table times (written text, at timestamp);
                insert into times values {string.Join(", ", Times.Select(time => $"('{time}', '{time}')"))};
                create table rowids (id integer primary key, t text);
                insert into rowids values
                    (-9223372036854775808, 'least'), (0, 'middle'), (9223372036854775807, 'greatest');
                create table without (k text primary key, n integer) without rowid;
                insert into without values ('b', 2), ('a', 1);
                create table takes (rowid text, oid text, _rowid_ text); insert into takes values ('r', 'o', 'u');
                create view looks as select cast(n * 2 as integer) as doubled from without where k = 'a';
                create table generated (a integer, b integer as (a * 2) stored, c integer as (a * 3));
                insert into generated (a) values (5);
                create table blank (id integer, t text);
                create table pages (id integer primary key, t text);
                with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000)
                insert into pages select i, 'row ' || i from n;
                """,
                "numbers:",
                "others:",
                "times:",
                "rowids:",
                "without:",
                "takes:",
                "looks: {columns: {doubled: {type: long}}}",
                "generated:",
                "blank:",
                "pages:"
            );
            Project.RunDay();
        }

        internal SluiceProject Project { get; }

        public void Dispose() => Project.Dispose();
    }
}
