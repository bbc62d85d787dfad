using System.Globalization;
using System.Text;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.IntegrationTests.Servers;

/// <summary>Reads pages of a source as lines of text: values separated by bars, nulls as <c>∅</c>.</summary>
internal static class PageReading
{
    public const string Null = "∅";

    /// <summary>The request for a whole table.</summary>
    public static PageRequest Of(SourceShape shape) =>
        new()
        {
            Shape = shape,
            Columns = shape.Columns,
            Order = shape.ScanOrder,
        };

    public static RowPage PageOf(PageRequest request) =>
        new(new TableSchema(request.Columns.Select(column => new Column(column.Name, column.Type))));

    /// <summary>All rows of a range.</summary>
    /// <param name="source">The source.</param>
    /// <param name="request">The range.</param>
    /// <param name="afterPage">Called after each page with its rows.</param>
    public static async Task<IReadOnlyList<string>> AllAsync(
        ISource source,
        PageRequest request,
        Action<int>? afterPage = null
    )
    {
        var rows = new List<string>();
        var page = PageOf(request);
        SourceBound? next;
        do
        {
            page.Clear();
            next = await source.ReadPageAsync(request, page, TestContext.Current.CancellationToken);
            Assert.InRange(page.Rows, 0, request.MaxRows);
            rows.AddRange(Lines(page));
            afterPage?.Invoke(page.Rows);
            request = request with { Lower = next };
        } while (next is not null);
        return rows;
    }

    public static IEnumerable<string> Lines(RowPage page)
    {
        var columns = page.Columns.Select(Values).ToList();
        return Enumerable.Range(0, page.Rows).Select(row => string.Join('|', columns.Select(column => column[row])));
    }

    private static List<string> Values(ColumnBuffer buffer)
    {
        var texts = new List<string>();
        var value = 0;
        foreach (var level in buffer.Levels)
        {
            texts.Add(level == 0 ? Null : Text(buffer, value++));
        }

        return texts;
    }

    private static string Text(ColumnBuffer buffer, int index) =>
        buffer switch
        {
            FixedColumnBuffer<bool> values => values.Values[index] ? "true" : "false",
            FixedColumnBuffer<int> days when buffer.Column.Type.Kind == ColumnKind.Date => DateOnly
                .FromDateTime(DateTime.UnixEpoch)
                .AddDays(days.Values[index])
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FixedColumnBuffer<int> values => values.Values[index].ToString(CultureInfo.InvariantCulture),
            FixedColumnBuffer<long> times when buffer.Column.Type.Kind == ColumnKind.Timestamp => Micros
                .ToInstant(times.Values[index])
                .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            FixedColumnBuffer<long> values => Scaled(values.Values[index], buffer.Column.Type.Scale),
            FixedColumnBuffer<Int128> values => Scaled(values.Values[index], buffer.Column.Type.Scale),
            FixedColumnBuffer<float> values => values.Values[index].ToString("R", CultureInfo.InvariantCulture),
            FixedColumnBuffer<double> values => values.Values[index].ToString("R", CultureInfo.InvariantCulture),
            BytesColumnBuffer bytes => buffer.Column.Type.Kind == ColumnKind.Binary
                ? Convert.ToHexStringLower(Bytes(bytes, index))
                : Encoding.UTF8.GetString(Bytes(bytes, index)),
            _ => throw new NotSupportedException(buffer.GetType().Name),
        };

    private static ReadOnlySpan<byte> Bytes(BytesColumnBuffer bytes, int index) =>
        bytes.Data[(index == 0 ? 0 : bytes.Ends[index - 1])..bytes.Ends[index]];

    /// <summary>An integer with a point before its last digits.</summary>
    public static string Scaled(Int128 value, int scale)
    {
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return value < 0 ? $"-{text}" : text;
    }
}
