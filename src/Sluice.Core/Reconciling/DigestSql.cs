using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Reconciling;

/// <summary>The statements that hold checksums of the source against the rows of the lake.</summary>
internal static class DigestSql
{
    /// <summary>Where times are counted from.</summary>
    public const long MicrosOf2000 = 946_684_800_000_000;

    /// <summary>The ranges with what the source says of each.</summary>
    public static readonly TableId Ranges = TableId.Raw("sluice_reconcile", "ranges");

    /// <summary>The columns of <see cref="Ranges"/>.</summary>
    public static readonly TableSchema RangeColumns = new([
        new("id", ColumnKind.Integer),
        new("low", ColumnKind.Long),
        new("high", ColumnKind.Long),
        new("rows", ColumnKind.Long),
        new("one", ColumnType.Decimal(38, 0)),
        new("two", ColumnType.Decimal(38, 0)),
    ]);

    /// <summary>Each range's number, its rows in the lake, and whether they are those of the source.</summary>
    /// <param name="key">The key's column.</param>
    /// <param name="columns">The columns of the checksum and how each is written.</param>
    /// <param name="zone">The source's time zone; of <see cref="DigestForm.WallClock"/>.</param>
    /// <param name="low">The least key of all ranges.</param>
    /// <param name="high">The greatest key of all ranges.</param>
    public static string Compare(
        string key,
        IEnumerable<(Column Column, DigestForm Form)> columns,
        string? zone,
        long low,
        long high
    )
    {
        var (ranges, current, name) = (
            SqlIdentifier.Quote(Ranges),
            SqlIdentifier.Quote(ReconcileStatements.Current),
            SqlIdentifier.Quote(key)
        );
        var text = string.Join(" || ", columns.Select(column => Element(column.Column.Name, column.Form, zone)));
        return $"""
            with lake as (
                select {name} as k, md5({text}) as h from {current}
                where {name} between {Literal(low)} and {Literal(high)}
            ), found as (
                select r.id, count(*) as n,
                    sum(cast('0x' || substr(lake.h, 1, 15) as bigint)) as one,
                    sum(cast('0x' || substr(lake.h, 16, 15) as bigint)) as two
                from lake asof join {ranges} r on lake.k >= r.low
                where lake.k <= r.high
                group by r.id
            )
            select r.id, coalesce(found.n, 0),
                coalesce(found.n, 0) = r.rows
                and cast(coalesce(found.one, 0) as decimal(38, 0)) = r.one
                and cast(coalesce(found.two, 0) as decimal(38, 0)) = r.two
            from {ranges} r left join found on found.id = r.id
            order by r.id
            """;
    }

    /// <summary>The current rows whose key lies in one of the ranges, as something to select from.</summary>
    public static string Within(string key) =>
        $"""
            (select c.* from {SqlIdentifier.Quote(ReconcileStatements.Current)} c
            asof join {SqlIdentifier.Quote(Ranges)} r on c.{SqlIdentifier.Quote(key)} >= r.low
            where c.{SqlIdentifier.Quote(key)} <= r.high)
            """;

    private static string Element(string column, DigestForm form, string? zone)
    {
        var value = SqlIdentifier.Quote(column);
        var text = form switch
        {
            DigestForm.Plain or DigestForm.Text => $"cast({value} as varchar)",
            DigestForm.Flag => $"cast(cast({value} as integer) as varchar)",
            DigestForm.Days => $"cast({value} - date '1970-01-01' as varchar)",
            DigestForm.Instant => $"cast(epoch_us({value}) - {MicrosOf2000} as varchar)",
            DigestForm.WallClock =>
                $"cast(epoch_us(timezone({SqlIdentifier.Literal(zone ?? "UTC")}, {value})) - {MicrosOf2000} as varchar)",
            DigestForm.Bits => $"cast(cast({value} as bit) as varchar)",
            DigestForm.Digits => Digits($"cast({value} as double)"),
            DigestForm.Hex => $"lower(hex({value}))",
        };
        var whole = form == DigestForm.Text ? $"length({text}) || ':' || {text}" : $"{text} || ','";
        return $"case when {value} is null then '~' else {whole} end";
    }

    // As MySQL and MariaDB write it: small ones out to the fifteenth place, exponents without a plus and zeros before them.
    private static string Digits(string value) =>
        $"""
            case when abs({value}) >= 1e-15 and abs({value}) < 1e-4
            then rtrim(cast(cast(cast({value} as varchar) as decimal(38, 34)) as varchar), '0')
            else regexp_replace(regexp_replace(cast({value} as varchar), '\.0$', ''), 'e\+?(-?)0*', 'e\1') end
            """;

    // The least integer cannot be written: its digits alone are too great.
    private static string Literal(long value) =>
        value == long.MinValue ? "(-9223372036854775807 - 1)" : value.ToString(CultureInfo.InvariantCulture);
}
