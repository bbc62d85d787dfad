using System.Globalization;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>
/// Events and users with few names. How many there are, how many instants they share, how much is null and in which order the
/// rows lie is drawn too: in some sets ties and nulls are the rule, in others there is none.
/// </summary>
internal sealed class RandomEvents
{
    private const long HalfHour = 1_800_000_000;
    private const int MostUnits = 500;
    private const int HalfHours = 160;

    private static readonly string?[] Names = ["a", "b", "c", "d", "ab", "refund", "other", "", null];
    private static readonly string?[] Products =
    [
        """{"product": "x", "size": 1}""",
        """{"product": "y", "size": 2.5}""",
        """{"product": null}""",
        """{"size": "1"}""",
        "no json",
        null,
    ];

    private readonly int _instants;
    private readonly int _nulls;

    public RandomEvents(int seed)
    {
        var random = new Random(seed);
        // At least one: a table of events without a row has no watermark to compare.
        var units = random.Next(4) == 0 ? random.Next(1, 20) : random.Next(20, MostUnits);
        var mostEvents = random.Next(8) == 0 ? 70 : 9;
        _instants = random.Next(4) == 0 ? random.Next(1, 5) : random.Next(10, HalfHours);
        _nulls = random.Next(4) switch
        {
            0 => int.MaxValue,
            1 => 4,
            _ => 40,
        };
        var rows = Enumerable
            .Range(0, units)
            .SelectMany(unit =>
                Enumerable.Range(0, random.Next(unit == 0 ? 1 : 0, mostEvents)).Select(_ => Row(unit, random))
            )
            .ToArray();
        Rows = [.. rows];
        random.Shuffle(rows);
        Shuffled = rows;
        Users =
        [
            .. Enumerable
                .Range(0, units)
                .Where(_ => random.Next(10) > 0)
                .Select(unit => new UserProperties(
                    Name(unit),
                    random.Next(4) switch
                    {
                        0 => null,
                        1 => "f",
                        _ => "m",
                    },
                    random.Next(5) == 0 ? null : new DateOnly(2015, 1 + random.Next(3), 1 + random.Next(28))
                )),
        ];
    }

    /// <summary>2015-03-28, a day before the clocks of Berlin go forward.</summary>
    public static DateOnly FirstDay { get; } = new(2015, 3, 28);

    /// <summary>The events, those of a unit together.</summary>
    public IReadOnlyList<EventRow> Rows { get; }

    /// <summary>The same in another order.</summary>
    public IReadOnlyList<EventRow> Shuffled { get; }

    public IReadOnlyList<UserProperties> Users { get; }

    private EventRow Row(int unit, Random random)
    {
        var start = (long)(FirstDay.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).TotalMicroseconds;
        // Half-hours of some days, and now and then a microsecond more.
        var micros =
            start + (random.Next(_instants) * (HalfHours / _instants) * HalfHour) + (random.Next(6) == 0 ? 1 : 0);
        return new(
            random.Next(_nulls) == 0 ? null : Name(unit),
            random.Next(10) == 0 ? null : $"{Name(unit)}-{random.Next(2).ToString(CultureInfo.InvariantCulture)}",
            Names[random.Next(Names.Length)],
            random.Next(_nulls) == 0 ? null : micros,
            random.Next(6) == 0 ? null : random.Next(0, 5),
            Products[random.Next(Products.Length)]
        );
    }

    private static string Name(int unit) => string.Create(CultureInfo.InvariantCulture, $"u{unit}");
}
