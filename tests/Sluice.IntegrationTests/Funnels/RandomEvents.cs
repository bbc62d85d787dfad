using System.Globalization;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>Events and users with few names and few instants, so that ties, repetitions and nulls are the rule.</summary>
internal sealed class RandomEvents
{
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

    public RandomEvents(int seed, int units)
    {
        var random = new Random(seed);
        Rows =
        [
            .. Enumerable
                .Range(0, units)
                .SelectMany(unit => Enumerable.Range(0, random.Next(0, 9)).Select(_ => Row(unit, random))),
        ];
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

    public IReadOnlyList<EventRow> Rows { get; }

    public IReadOnlyList<UserProperties> Users { get; }

    private static EventRow Row(int unit, Random random)
    {
        var start = (long)(FirstDay.ToDateTime(TimeOnly.MinValue) - DateTime.UnixEpoch).TotalMicroseconds;
        // Half-hours of three days, and now and then a microsecond more.
        var micros = start + (random.Next(0, 40) * 1_800_000_000L * 4) + (random.Next(6) == 0 ? 1 : 0);
        return new(
            random.Next(40) == 0 ? null : Name(unit),
            random.Next(10) == 0 ? null : $"{Name(unit)}-{random.Next(2).ToString(CultureInfo.InvariantCulture)}",
            Names[random.Next(Names.Length)],
            random.Next(40) == 0 ? null : micros,
            random.Next(6) == 0 ? null : random.Next(0, 5),
            Products[random.Next(Products.Length)]
        );
    }

    private static string Name(int unit) => string.Create(CultureInfo.InvariantCulture, $"u{unit}");
}
