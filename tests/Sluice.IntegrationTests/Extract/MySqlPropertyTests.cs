using CsCheck;
using MySqlConnector;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>Random tables of a MariaDB server: whatever their keys and values, their pages are the table.</summary>
public sealed class MySqlPropertyTests(MariaDbServer server)
{
    private static readonly string[] Words =
    [
        "",
        "a",
        "A",
        "á",
        "ab",
        "a b",
        "a'b",
        "a\\b",
        "ß",
        "ss",
        "z",
        "Z",
        "ž",
        "日",
        "🐎",
        "0",
        "-",
        "_",
        "%",
        "a\u00ADb",
    ];

    // A key: its declaration, and a literal for a number.
    private static readonly (string Declared, Func<int, string> Literal)[] KeyTypes =
    [
        ("int", n => $"{n - 8}"),
        ("bigint unsigned", n => n == 0 ? "18446744073709551615" : $"{n}"),
        ("decimal(12,3)", n => $"{n - 8}.{n % 10}5"),
        ("date", n => $"date '2024-02-20' + interval {n} day"),
        (
            "datetime(6)",
            n => $"timestamp '2024-02-20 00:00:00.000001' + interval {n % 3} microsecond + interval {n} hour"
        ),
        ("timestamp(3)", n => $"timestamp '2024-02-20 00:00:00.001' + interval {n} hour"),
        ("time(2)", n => $"sec_to_time({n - 8} * 3600.25)"),
        ("varchar(20) collate utf8mb4_bin", n => Text(Words[n])),
        ("varchar(20) collate utf8mb4_general_ci", n => Text(Words[n])),
        ("varchar(20) collate utf8mb4_unicode_ci", n => Text(Words[n])),
        ("char(20) collate utf8mb4_unicode_ci", n => Text(Words[n])),
        ("varchar(20) collate utf8mb4_unicode_nopad_ci", n => Text(Words[n])),
        ("varchar(20) character set latin1 collate latin1_german2_ci", n => Text(Words[n == 13 || n == 14 ? 0 : n])),
        ("varchar(20) character set utf16", n => Text(Words[n])),
        ("varbinary(4)", n => n == 0 ? "''" : $"unhex(hex({n * 13}))"),
        ("binary(3)", n => $"unhex(lpad(hex({n * 257}), 6, '0'))"),
        ("bit(10)", n => $"{n * 51}"),
        ("uuid", n => $"'{n * 7 % 16:x}0000000-0000-{n % 16:x}000-0000-00000000000{n % 10}'"),
        ("inet6", n => $"'2001:db8::{n * 99:x}'"),
        ("year", n => $"{1990 + n}"),
    ];

    [Fact]
    public async Task Random_tables_come_through_whole_at_any_page_size()
    {
        var database = await server.CreateAsync();
        await using var source = await database.OpenAsync();
        var number = 0;
        await (
            from parts in Gen.Int[0, KeyTypes.Length - 1].Array[1, 3]
            from rows in Gen.Int[0, Words.Length - 1].Array[parts.Length].Array[0, 60]
            from size in Gen.Int[1, 20]
            select (parts, rows, size)
        ).SampleAsync(
            async sample =>
            {
                var table = $"r{number++}";
                var columns = sample.parts.Select((part, i) => $"k{i} {KeyTypes[part].Declared} not null");
                var keys = sample.parts.Select((_, i) => $"k{i}");
                await database.RunAsync([
                    "set sql_mode = '', time_zone = '+00:00'",
                    $"create table {table} (n int, {string.Join(", ", columns)}, primary key ({string.Join(", ", keys)}))",
                    .. sample.rows.Select(
                        (row, n) =>
                            $"insert ignore into {table} values ({n}, {string.Join(", ", sample.parts.Select((part, i) => KeyTypes[part].Literal(row[i])))})"
                    ),
                ]);
                var expected = await database.AskAsync($"select n from {table} order by {string.Join(", ", keys)}");
                var shape = await source.DescribeAsync(new() { Name = table });
                Assert.Equal(keys, shape.ScanOrder);
                var read = await MySqlDatabase.ReadAsync(source, MySqlDatabase.RequestOf(shape, sample.size));
                Assert.Equal(expected, read.Select(row => row.Split('|')[0]));

                // The key need not be among the columns.
                var alone = MySqlDatabase.RequestOf(shape, sample.size) with
                {
                    Columns = [shape.Find("n")!],
                };
                Assert.Equal(expected, await MySqlDatabase.ReadAsync(source, alone));
            },
            iter: 60,
            threads: 1,
            seed: "0000MySql001"
        );
    }

    [Fact]
    public async Task Random_values_come_through_as_they_were_inserted()
    {
        var database = await server.CreateAsync();
        await database.RunAsync(
            "create table v (id int primary key auto_increment, i bigint, u bigint unsigned, d decimal(30,9), f double, s varchar(300), l varchar(300) character set utf16, b varbinary(300), t datetime(6))"
        );
        await using var source = await database.OpenAsync();
        await using var writer = await server.ConnectAsync(database.Name);
        var text = Gen.Char.Where(c => !char.IsSurrogate(c)).Array[0, 60].Select(chars => new string(chars));
        await (
            from i in Gen.Long
            from u in Gen.ULong
            from d in Gen.Long
            from f in Gen.Double.Where(double.IsFinite)
            from s in text
            from b in Gen.Byte.Array[0, 300]
            from t in Gen.Long[-30_000_000_000_000_000, 200_000_000_000_000_000]
            from nulls in Gen.Int[0, 255]
            select (i, u, d, f, s, b, t, nulls)
        )
            .Array[1, 40]
            .SampleAsync(
                async rows =>
                {
                    await database.RunAsync("truncate table v");
                    var expected = new List<string>();
                    foreach (var row in rows)
                    {
                        var at = Core.Time.Micros.ToInstant(row.t).UtcDateTime;
                        object?[] values = [row.i, row.u, row.d * 0.000000001m, row.f, row.s, row.s, row.b, at];
                        await using var insert = new MySqlCommand(
                            "insert into v (i, u, d, f, s, l, b, t) values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7)",
                            writer
                        );
                        for (var i = 0; i < values.Length; i++)
                        {
                            values[i] = (row.nulls >> i & 1) == 1 ? null : values[i];
                            insert.Parameters.AddWithValue($"@p{i}", values[i]);
                        }

                        await insert.PrepareAsync();
                        await insert.ExecuteNonQueryAsync();
                        expected.Add(string.Join('|', values.Select(Show)));
                    }

                    var read = await MySqlDatabase.ReadAsync(source, new() { Name = "v" }, pageRows: 7);
                    Assert.Equal(expected, read.Select(row => row[(row.IndexOf('|', StringComparison.Ordinal) + 1)..]));
                },
                iter: 20,
                threads: 1,
                seed: "0000MySql002"
            );
    }

    private static string Show(object? value) =>
        value switch
        {
            null => "null",
            byte[] bytes => $"x{Convert.ToHexString(bytes)}",
            DateTime at => at.ToString("yyyy-MM-dd HH:mm:ss.ffffff", System.Globalization.CultureInfo.InvariantCulture),
            decimal number => number.ToString("F9", System.Globalization.CultureInfo.InvariantCulture),
            double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
        };

    private static string Text(string value) =>
        $"'{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
