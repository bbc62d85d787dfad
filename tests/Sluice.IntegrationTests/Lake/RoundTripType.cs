using System.Globalization;
using System.Text;
using Sluice.Core.Extraction;
using Sluice.Core.Time;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Lake;

/// <summary>A type of column: how sources declare it, its random values, and the text by which readers are compared, which has no comma.</summary>
/// <param name="Sqlite">Its declaration there; null where there is no such type.</param>
/// <param name="PostgreSql">The same.</param>
/// <param name="MySql">The same.</param>
/// <param name="Next">A value.</param>
/// <param name="Text">The text of a value.</param>
/// <param name="DuckDb">The same as SQL of the column {0}.</param>
/// <param name="ClickHouse">The same; null where ClickHouse has not all its values.</param>
internal sealed record RoundTripType(
    string? Sqlite,
    string? PostgreSql,
    string? MySql,
    Func<Random, object> Next,
    Func<object, string> Text,
    string DuckDb,
    string? ClickHouse
)
{
    private const int Scale = 9;

    // Days that ClickHouse can tell, and all that every server can; a driver takes the very last one for infinity.
    private static readonly (DateOnly From, DateOnly To) Near = (new(1900, 1, 1), new(2299, 12, 31));
    private static readonly (DateOnly From, DateOnly To) Far = (new(1000, 1, 1), new(9999, 12, 30));

    private static readonly string[] Pieces =
    [
        "a",
        "Z",
        " ",
        "'",
        "\"",
        "\\",
        ",",
        "\t",
        "\r\n",
        "%",
        "ß",
        "é",
        "e\u0301",
        "\u00AD",
        "\u200F",
        "漢",
        "\uFFFD",
        "🐎",
        "👩‍🚀",
    ];

    /// <summary>All of them.</summary>
    public static readonly RoundTripType[] All =
    [
        Integer("smallint", short.MinValue, short.MaxValue),
        Integer("integer", int.MinValue, int.MaxValue),
        Integer("bigint", long.MinValue, long.MaxValue),
        new(
            "boolean",
            "boolean",
            "bit(1)",
            random => random.Next(2) == 1,
            value => (bool)value ? "1" : "0",
            "cast(cast({0} as integer) as varchar)",
            "toString(toUInt8({0}))"
        ),
        new(
            null,
            "numeric(38,9)",
            "decimal(38,9)",
            random => PageText.Scaled(Unscaled(random), Scale),
            value => (string)value,
            "cast({0} as varchar)",
            $"toDecimalString({{0}}, {Scale})"
        ),
        Floating("real", "double precision", "double", NextDouble, "{0}"),
        Floating(null, "real", "float", random => (float)NextSingle(random), "cast({0} as float)"),
        new(
            "text",
            "text",
            "longtext",
            NextText,
            value => Hex(Encoding.UTF8.GetBytes((string)value)),
            "hex({0})",
            "hex({0})"
        ),
        new("blob", "bytea", "longblob", NextBytes, value => Hex((byte[])value), "hex({0})", "hex({0})"),
        Day(Near, "toString(toInt32({0}))"),
        Day(Far, clickHouse: null),
        Instant(Near, "toString(toUnixTimestamp64Micro({0}))"),
        Instant(Far, clickHouse: null),
    ];

    /// <summary>Its declaration; null where there is no such type.</summary>
    public string? In(SourceKind kind) =>
        kind switch
        {
            SourceKind.Sqlite => Sqlite,
            SourceKind.PostgreSql => PostgreSql,
            _ => MySql,
        };

    private static RoundTripType Integer(string name, long least, long greatest) =>
        new(
            name,
            name,
            name,
            random =>
                random.Next(4) switch
                {
                    0 => least,
                    1 => greatest,
                    2 => 0L,
                    _ => random.NextInt64(least, greatest),
                },
            value => ((long)value).ToString(CultureInfo.InvariantCulture),
            "cast({0} as varchar)",
            "toString({0})"
        );

    private static RoundTripType Floating(
        string? sqlite,
        string postgreSql,
        string mySql,
        Func<Random, object> next,
        string cast
    ) => new(sqlite, postgreSql, mySql, next, Bits, $"cast({cast} as varchar)", "toString({0})");

    private static RoundTripType Day((DateOnly From, DateOnly To) range, string? clickHouse) =>
        new(
            "date",
            "date",
            "date",
            random => NextDay(random, range),
            value => ((DateOnly)value).DayNumber.ToString(CultureInfo.InvariantCulture),
            "cast(date_diff('day', date '0001-01-01', {0}) as varchar)",
            clickHouse is null ? null : $"toString(toInt32({{0}}) + {new DateOnly(1970, 1, 1).DayNumber})"
        );

    private static RoundTripType Instant((DateOnly From, DateOnly To) range, string? clickHouse) =>
        new(
            "timestamp",
            "timestamptz",
            "datetime(6)",
            random =>
                NextDay(random, range)
                    .ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)
                    .AddMicroseconds(random.Next(3) == 0 ? 0 : random.NextInt64(86_400_000_000)),
            value =>
                Micros.From(new DateTimeOffset((DateTime)value, TimeSpan.Zero)).ToString(CultureInfo.InvariantCulture),
            "cast(epoch_us({0}) as varchar)",
            clickHouse
        );

    // Readers write the same number differently.
    private static string Bits(object value) =>
        value switch
        {
            float single => single.ToString("R", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => throw new NotSupportedException(),
        };

    private static Int128 Unscaled(Random random)
    {
        const string Most = "99999999999999999999999999999999999999";
        var digits = random.Next(1, Most.Length + 1);
        var value =
            random.Next(4) == 0
                ? Int128.Parse(Most[..digits], CultureInfo.InvariantCulture)
                : Int128.Parse(
                    string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10)))),
                    CultureInfo.InvariantCulture
                );
        return random.Next(2) == 0 ? -value : value;
    }

    private static object NextDouble(Random random) =>
        random.Next(5) switch
        {
            0 => double.MaxValue,
            1 => -double.MaxValue,
            2 => 0.1,
            3 => random.NextDouble() * 1e-300,
            _ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 300)),
        };

    private static float NextSingle(Random random) =>
        random.Next(4) switch
        {
            0 => float.MaxValue,
            1 => 0.1f,
            2 => 16_777_217f,
            _ => (random.NextSingle() - 0.5f) * MathF.Pow(10, random.Next(-20, 30)),
        };

    private static object NextText(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    private static object NextBytes(Random random)
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static DateOnly NextDay(Random random, (DateOnly From, DateOnly To) range) =>
        random.Next(4) switch
        {
            0 => range.From,
            1 => range.To,
            _ => DateOnly.FromDayNumber(random.Next(range.From.DayNumber, range.To.DayNumber)),
        };

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);
}
