using System.Globalization;
using System.Text;
using Sluice.Core.Time;

namespace Sluice.Core.Filters;

/// <summary>Values as filters compare them: bool, long, double, string, <see cref="Instant"/>; all else is unlike everything.</summary>
internal static class FilterValue
{
    /// <summary>The value in the type it is compared as.</summary>
    public static object? Of(object? value) =>
        value switch
        {
            sbyte or byte or short or ushort or int or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            ulong number => number <= long.MaxValue ? (object)(long)number : (double)number,
            float number => (double)number,
            // By way of its text: the nearest double, which dividing by a power of ten does not always give.
            decimal number => double.Parse(
                number.ToString(CultureInfo.InvariantCulture),
                NumberStyles.Float,
                CultureInfo.InvariantCulture
            ),
            DateOnly date => new Instant(Micros.DayOf(date) * Micros.PerDay),
            DateTime { Kind: DateTimeKind.Local } time => Of(time.ToUniversalTime()),
            DateTime time => new Instant(Micros.From(new DateTimeOffset(time.Ticks, TimeSpan.Zero))),
            DateTimeOffset time => new Instant(Micros.From(time)),
            _ => value,
        };

    /// <summary>Below 0, 0 or above 0 as the values follow each other; null if one is null or they are of unlike kinds.</summary>
    public static int? Order(object? left, object? right) =>
        (left, right) switch
        {
            (bool a, bool b) => a.CompareTo(b),
            (long a, long b) => a.CompareTo(b),
            (long a, double b) => Order((double)a, b),
            (double a, long b) => Order(a, (double)b),
            (double a, double b) => Order(a, b),
            (string a, string b) => CodePointOrder.Compare(a, b),
            (Instant a, Instant b) => a.Micros.CompareTo(b.Micros),
            _ => null,
        };

    /// <summary>Like <see cref="Order(object?, object?)"/>; beside a time the literal's text is read as one.</summary>
    public static int? OrderToLiteral(object? value, object? literal) =>
        value is Instant && literal is string text
            ? ReadInstant(text) is { } micros
                ? Order(value, new Instant(micros))
                : null
            : Order(value, literal);

    /// <summary>Microseconds of an ISO 8601 date (its first instant) or time, UTC unless it says an offset; null for other texts.</summary>
    public static long? ReadInstant(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return IsoTime.TryReadDate(bytes, out var day) ? day * Micros.PerDay
            : IsoTime.TryReadTimestamp(bytes, out var micros, out _) ? micros
            : null;
    }

    // As DuckDB has it: not-a-number equals itself and is above all others.
    private static int Order(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);

    /// <summary>A point in time, of dates and times alike.</summary>
    /// <param name="Micros">Microseconds since the epoch, UTC.</param>
    public readonly record struct Instant(long Micros);
}
