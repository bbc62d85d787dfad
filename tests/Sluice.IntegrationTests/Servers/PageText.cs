using System.Globalization;
using System.Text;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.IntegrationTests.Servers;

/// <summary>The rows of a page as text, for a test to compare; a null is <c>null</c>.</summary>
internal static class PageText
{
    public const string Null = "null";

    /// <summary>A line per row, values separated by bars.</summary>
    public static IEnumerable<string> Rows(RowPage page)
    {
        var columns = page.Columns.Select(column => Values(column).ToArray()).ToArray();
        return Enumerable.Range(0, page.Rows).Select(row => string.Join('|', columns.Select(column => column[row])));
    }

    /// <summary>The values of a column.</summary>
    public static IEnumerable<string> Values(ColumnBuffer column)
    {
        var at = 0;
        var levels = column.Levels.ToArray();
        foreach (var level in levels)
        {
            yield return level == 0 ? Null : Value(column, at++);
        }
    }

    private static string Value(ColumnBuffer column, int at)
    {
        var type = column.Column.Type;
        return column switch
        {
            FixedColumnBuffer<bool> truths => truths.Values[at] ? "true" : "false",
            FixedColumnBuffer<int> days when type.Kind == ColumnKind.Date => DateOnly
                .FromDateTime(DateTime.UnixEpoch)
                .AddDays(days.Values[at])
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FixedColumnBuffer<int> integers => integers.Values[at].ToString(CultureInfo.InvariantCulture),
            FixedColumnBuffer<long> times when type.Kind == ColumnKind.Timestamp => Micros
                .ToInstant(times.Values[at])
                .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            FixedColumnBuffer<long> decimals when type.Kind == ColumnKind.Decimal => Scaled(
                decimals.Values[at],
                type.Scale
            ),
            FixedColumnBuffer<long> longs => longs.Values[at].ToString(CultureInfo.InvariantCulture),
            FixedColumnBuffer<Int128> decimals => Scaled(decimals.Values[at], type.Scale),
            FixedColumnBuffer<float> floats => floats.Values[at].ToString("R", CultureInfo.InvariantCulture),
            FixedColumnBuffer<double> doubles => doubles.Values[at].ToString("R", CultureInfo.InvariantCulture),
            BytesColumnBuffer bytes => type.Kind == ColumnKind.String
                ? Encoding.UTF8.GetString(Slice(bytes, at))
                : $"x{Convert.ToHexString(Slice(bytes, at))}",
            _ => throw new NotSupportedException(),
        };
    }

    private static ReadOnlySpan<byte> Slice(BytesColumnBuffer bytes, int at) =>
        bytes.Data[(at == 0 ? 0 : bytes.Ends[at - 1])..bytes.Ends[at]];

    /// <summary>An integer with a point before its last digits.</summary>
    public static string Scaled(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = unscaled < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }
}
