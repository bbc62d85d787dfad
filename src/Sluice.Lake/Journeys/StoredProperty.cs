using System.Globalization;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;
using Sluice.Core.Time;

namespace Sluice.Lake.Journeys;

/// <summary>A property and its values, as texts of one type.</summary>
internal sealed record StoredProperty(string Name, string Type, IReadOnlyList<string> Values)
{
    private const string Text = "text";
    private const string Integer = "integer";
    private const string Double = "double";
    private const string Decimal = "decimal";
    private const string Boolean = "boolean";
    private const string Date = "date";
    private const string Instant = "micros";

    public static StoredProperty Of(JourneyProperty property)
    {
        // Whole numbers stand among others as integers.
        var other = property.Values.FirstOrDefault(value => value is not long);
        var type = property.Values.Count == 0 ? Text : TypeOf(other ?? property.Values[0]);
        return new(property.Name, type, [.. property.Values.Select(Write)]);
    }

    /// <summary>The property with its values.</summary>
    /// <exception cref="FormatException">A value is none of its type.</exception>
    public JourneyProperty ToProperty() => new(Name, [.. Values.Select(value => SqlValue.Read(Read(value))!)]);

    private static string TypeOf(object value) =>
        value switch
        {
            string => Text,
            long => Integer,
            double => Double,
            decimal => Decimal,
            bool => Boolean,
            DateOnly => Date,
            DateTimeOffset => Instant,
            _ => throw new ArgumentException($"A property has values of type {value.GetType()}.", nameof(value)),
        };

    private static string Write(object value) =>
        value switch
        {
            DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
            DateTimeOffset instant => Micros.From(instant).ToString(CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private object Read(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return Type switch
        {
            Text => text,
            Integer => long.Parse(text, culture),
            Double => double.Parse(text, culture),
            Decimal => decimal.Parse(text, culture),
            Boolean => bool.Parse(text),
            Date => DateOnly.ParseExact(text, "O", culture),
            Instant => Micros.ToInstant(long.Parse(text, culture)),
            _ => throw new FormatException($"There is no type '{Type}'."),
        };
    }
}
