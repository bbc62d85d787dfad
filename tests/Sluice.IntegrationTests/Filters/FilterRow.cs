using System.Globalization;
using CsCheck;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.IntegrationTests.Filters;

/// <summary>A random row with a column of each kind and properties.</summary>
/// <param name="Values">The values, in the order of <see cref="Schema"/>.</param>
internal sealed record FilterRow(IReadOnlyList<object?> Values)
{
    public static TableSchema Schema { get; } =
        new([
            new("truth", ColumnKind.Boolean),
            new("small", ColumnKind.Short),
            new("whole", ColumnKind.Long),
            new("single", ColumnKind.Float),
            new("real", ColumnKind.Double),
            new("price", ColumnType.Decimal(10, 2)),
            new("wide", ColumnType.Decimal(38, 10)),
            new("word", ColumnKind.String),
            new("other", ColumnKind.String),
            new("bytes", ColumnKind.Binary),
            new("day", ColumnKind.Date),
            new("time", ColumnKind.Timestamp),
            new("properties", ColumnKind.String),
        ]);

    /// <summary>Keys of the properties.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["k", "n", "0", "a/~b", "it's", "", "Word"];

    private static readonly string[] Types =
    [
        "BOOLEAN",
        "SMALLINT",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "DECIMAL(10,2)",
        "DECIMAL(38,10)",
        "VARCHAR",
        "VARCHAR",
        "BLOB",
        "DATE",
        "TIMESTAMP WITH TIME ZONE",
        "VARCHAR",
    ];

    private static readonly Gen<object?> Words = Gen.OneOf<object?>(
        null,
        "",
        "a",
        "ab",
        "B",
        "it's",
        "b\"\n",
        "é",
        "éa",
        "5",
        "true",
        "2015-01-02",
        "\\",
        "%",
        "\uFFFD",
        "\U0001F600"
    );

    /// <summary>Values in JSON, one of them half a surrogate pair, which makes the whole text none.</summary>
    public static IReadOnlyList<string> Json { get; } =
    [
        "1",
        "5",
        "-7",
        "-0",
        "5.0",
        "0.1",
        "15e-1",
        "9007199254740992",
        "9007199254740993",
        "9007199254740992.0",
        "9223372036854775807",
        "-9223372036854775808",
        "18446744073709551615",
        "123456789012345678901234567890",
        "1e400",
        "NaN",
        "-Infinity",
        "\"a\"",
        "\"\"",
        "\"5\"",
        "\"true\"",
        "\"it's\"",
        "\"\\u00e9\"",
        "\"\\ud83d\\ude00\"",
        "\"\uFFFD\"",
        "\"a\\u0000\"",
        "\"\\ud800\"",
        "\"2015-01-02\"",
        "true",
        "false",
        "null",
        "{\"k\": 1}",
        "[5, 1]",
        "[]",
    ];

    private static readonly Gen<string> Objects = Gen.Select(
        Gen.Select(Gen.OneOf([.. Keys]), Gen.OneOf([.. Json]), (key, value) => $"\"{key}\": {value}").Array[0, 6],
        Gen.OneOf("{", " {\n"),
        Gen.OneOf("}", "} ", ",}"),
        (members, open, close) => $"{open}{string.Join(", ", members)}{close}"
    );

    // One character away from JSON: it may still be some.
    private static readonly Gen<string> Damaged = Gen.Select(
        Objects,
        Gen.Int[0, 200],
        Gen.Int[0, 1],
        Gen.OneOf("", "\"", ",", ":", "}", "]", "1", "e", "-", ".", "\\", "n", " ", "\t"),
        (json, at, removed, added) => json.Remove(at % json.Length, removed).Insert(at % json.Length, added)
    );

    private static readonly Gen<object?> Properties = Gen.Frequency(
        (6, Objects.Select(json => (object?)json)),
        (2, Damaged.Select(json => (object?)json)),
        (1, Gen.OneOf<object?>(null, "", "bad", "[5, 1]", "5", "null", "\"k\"", "{\"k\": 1"))
    );

    public static Gen<FilterRow> Any { get; } =
        Gen.Select(
            Gen.Select(
                Gen.OneOf<object?>(null, true, false),
                Gen.OneOf<object?>(null, (short)0, (short)5, (short)-7),
                Gen.OneOf<object?>(null, 5L, 1L, 9_007_199_254_740_993L, 9_007_199_254_740_992L, long.MinValue),
                Gen.OneOf<object?>(null, 0.1f, 1.5f, -0f, 5f, float.NaN, float.NegativeInfinity),
                Gen.OneOf<object?>(null, 0.1, -0.0, 5.0, 9_007_199_254_740_992.0, double.NaN, 1e300, 1e19),
                Gen.OneOf<object?>(null, 0.10m, 1.50m, 5m, -7m, 99_999_999.99m),
                Gen.OneOf<object?>(null, 0.1m, 5m, 9_007_199_254_740_993m, 123_456_789_012_345_678.9876543211m),
                (a, b, c, d, e, f, g) => new[] { a, b, c, d, e, f, g }
            ),
            Words,
            Words,
            Gen.OneOf<object?>(null, new byte[] { 97 }),
            Gen.OneOf<object?>(null, new DateOnly(2015, 1, 2), new DateOnly(2015, 1, 3), DateOnly.MinValue),
            Gen.OneOf<object?>(
                null,
                new DateTime(2015, 1, 2, 0, 0, 0, DateTimeKind.Utc),
                new DateTime(2015, 1, 2, 12, 0, 0, DateTimeKind.Utc).AddMicroseconds(1),
                DateTime.MaxValue
            ),
            Properties,
            (numbers, word, other, bytes, day, time, properties) =>
                new FilterRow([.. numbers, word, other, bytes, day, time, properties])
        );

    /// <summary>A row with one column set and all others null.</summary>
    public static FilterRow With(string column, object? value) =>
        new([.. Schema.Columns.Select(known => known.Name == column ? value : null)]);

    /// <summary>The table of such rows; its last column holds the properties as DuckDB's JSON, where they are that.</summary>
    public static string CreateTable { get; } =
        $"create or replace table r (id integer, {string.Join(", ", Schema.Columns.Zip(Types, (column, type) => $"{column.Name} {type}"))}, typed json)";

    /// <summary>The row as one of an INSERT.</summary>
    public string ToSql(int id) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"({id}, {string.Join(", ", Values.Zip(Types, Sql))}, try_cast({Sql(Values[^1], "VARCHAR")} as json))"
        );

    /// <summary>The row's value of a column.</summary>
    public object? this[string column] => Values[Schema.Columns.ToList().FindIndex(known => known.Name == column)];

    private static string Sql(object? value, string type) =>
        value switch
        {
            null => $"cast(null as {type})",
            byte[] bytes => $"from_hex('{Convert.ToHexString(bytes)}')",
            DateOnly day => string.Create(CultureInfo.InvariantCulture, $"date '{day:yyyy-MM-dd}'"),
            DateTime time => string.Create(
                CultureInfo.InvariantCulture,
                $"timestamptz '{time:yyyy-MM-dd HH:mm:ss.ffffff}+00'"
            ),
            _ => $"cast({SqlIdentifier.Literal(Convert.ToString(value, CultureInfo.InvariantCulture)!)} as {type})",
        };
}
