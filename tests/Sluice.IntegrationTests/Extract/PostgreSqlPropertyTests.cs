using System.Globalization;
using CsCheck;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>Whatever is in a table comes out of it, whatever the pages.</summary>
public sealed class PostgreSqlPropertyTests(PostgreSqlServer server)
{
    private static readonly Gen<string> Texts = Gen.OneOf(
            "a",
            "A",
            "ä",
            "Ä",
            "ß",
            "z",
            "Z",
            "漢",
            "😀",
            "'",
            "\"",
            "\\",
            "|",
            "\n",
            " ",
            "0",
            "-",
            "_"
        )
        .Array[0, 6]
        .Select(string.Concat);

    // A type, and values of it: how they are inserted, and as what they are expected.
    private static readonly (string Type, Gen<(string Sql, string Line)> Values)[] Types =
    [
        ("smallint", Gen.Short.Select(value => Same(value.ToString(CultureInfo.InvariantCulture)))),
        ("integer", Gen.Int.Select(value => Same(value.ToString(CultureInfo.InvariantCulture)))),
        ("bigint", Gen.Long.Select(value => Same(value.ToString(CultureInfo.InvariantCulture)))),
        ("double precision", Gen.Double.Select(value => Same(value.ToString("R", CultureInfo.InvariantCulture)))),
        ("real", Gen.Float.Select(value => Same(value.ToString("R", CultureInfo.InvariantCulture)))),
        ("boolean", Gen.Bool.Select(value => Same(value ? "true" : "false"))),
        ("numeric(10,2)", Gen.Long[-9999999999, 9999999999].Select(value => Same(PageText.Scaled(value, 2)))),
        (
            "numeric(38,9)",
            Gen.Select(Gen.Long, Gen.Long[0, 999_999_999_999_999_999])
                .Select((high, low) => Same(PageText.Scaled(((Int128)high * 1_000_000_000_000_000_000) + low, 9)))
        ),
        ("text", Texts.Select(value => (SqlIdentifier.Literal(value), value))),
        (
            "bytea",
            Gen.Byte.Array[0, 9]
                .Select(value => ($@"'\x{Convert.ToHexString(value)}'", $"x{Convert.ToHexString(value)}"))
        ),
        ("uuid", Gen.Guid.Select(value => Same(value.ToString()))),
        (
            "date",
            Gen.Int[0, DateOnly.MaxValue.DayNumber]
                .Select(day => Same(DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
        ),
        (
            "timestamptz",
            Gen.Long[0, DateTime.MaxValue.Ticks / 10]
                .Select(micros =>
                    new DateTime(micros * 10).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)
                )
                .Select(text => ($"'{text}+00'", text))
        ),
    ];

    private static readonly Gen<string> KeyTypes = Gen.OneOf(
        "text collate \"C\"",
        "text",
        "text collate \"de-x-icu\"",
        "text collate any_case",
        "varchar(9) collate \"und-x-icu\"",
        "char(7)",
        "bytea",
        "numeric(9,3)",
        "double precision",
        "timestamptz",
        "date",
        "uuid",
        "bigint"
    );

    private static readonly Gen<RandomTable> Tables = Gen.Select(
            KeyTypes,
            Gen.Int[0, Types.Length - 1].Array[1, 6],
            Gen.Int[0, 40],
            Gen.Int[1, 45],
            Gen.Bool
        )
        .SelectMany(
            (key, columns, rows, pageRows, isDescending) =>
                RowsOf(key, columns)
                    .Array[rows]
                    .Select(values => new RandomTable(key, columns, values, pageRows, isDescending))
        );

    [Fact]
    public async Task Random_tables_come_whole_and_in_the_order_of_the_key()
    {
        var database = server.CreateDatabase();
        database.Execute(
            "create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
        );
        await using var source = await database.OpenAsync();
        var count = 0;
        await Tables.SampleAsync(
            async table =>
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref count)}");
                database.Execute(table.Sql(name));

                var shape = await source.DescribeAsync(table.Selected(name));
                var read = await PageReading.AllAsync(source, PageReading.Of(shape) with { MaxRows = table.PageRows });

                Assert.Equal(["k", "n"], shape.ScanOrder);
                Assert.Equal(table.Lines.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
                Assert.Equal(
                    (string[])database.Value($"select array(select t.n::text from {name} t order by t.k, t.n)")!,
                    read.Select(line => line.Split('|')[0])
                );
            },
            iter: 60,
            threads: 1
        );
    }

    private static (string Sql, string Line) Same(string value) => ($"'{value}'", value);

    private static Gen<(string Key, (string Sql, string Line)[] Values)> RowsOf(string keyType, int[] columns)
    {
        var key =
            Array.Find(Types, type => type.Type == keyType).Values?.Select(value => value.Sql)
            ?? keyType switch
            {
                "numeric(9,3)" => Gen.Int[-999, 999].Select(value => Same(PageText.Scaled(value, 3)).Sql),
                _ => Texts.Select(SqlIdentifier.Literal),
            };
        var values = columns.Select(column =>
            Gen.Frequency((1, Gen.Const(("null", PageText.Null))), (4, Types[column].Values))
        );
        return Gen.Select(key, Gen.Const(values.ToArray()).SelectMany(All));
    }

    private static Gen<(string Sql, string Line)[]> All(Gen<(string Sql, string Line)>[] generators) =>
        generators.Aggregate(
            Gen.Const(Array.Empty<(string, string)>()),
            (all, next) =>
                Gen.Select(all, next).Select((before, value) => (ValueTuple<string, string>[])[.. before, value])
        );

    private sealed record RandomTable(
        string KeyType,
        int[] Columns,
        (string Key, (string Sql, string Line)[] Values)[] Rows,
        int PageRows,
        bool IsDescending
    )
    {
        public IEnumerable<string> Lines =>
            Rows.Select((row, index) => string.Join('|', [Number(index), .. row.Values.Select(value => value.Line)]));

        // The key's first column orders the rows unseen.
        public SourceTable Selected(string name) =>
            new() { Name = name, Selected = ["n", .. Columns.Select((_, index) => $"c{Number(index)}")] };

        public string Sql(string name)
        {
            var columns = string.Concat(
                Columns.Select(
                    (type, index) => string.Create(CultureInfo.InvariantCulture, $", c{index} {Types[type].Type}")
                )
            );
            var rows = Rows.Select(
                (row, index) =>
                    $"({Number(index)}{string.Concat(row.Values.Select(value => $", {value.Sql}"))}, {row.Key})"
            );
            var create = $"create table {name} (n int{columns}, k {KeyType}, primary key (k, n));";
            return Rows.Length == 0
                ? create
                : $"{create} insert into {name} values {string.Join(", ", IsDescending ? rows.Reverse() : rows)}";
        }

        private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
    }
}
