using Sluice.Core.Filters;
using Sluice.Core.Funnels;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>A funnel that uses any of the notation's keys, made from a seed.</summary>
internal static class RandomFunnel
{
    private static readonly string[] Filters =
    [
        "amount > 2",
        "amount in (1, 3) or product = 'x'",
        "size >= 2",
        "not (product = 'y')",
        "product is null",
        "amount is not null and size < 2",
    ];

    /// <summary>A funnel without problems.</summary>
    public static FunnelDefinition Of(Random random)
    {
        while (true)
        {
            var funnel = Draw(random);
            if (FunnelValidation.Check(funnel).Count == 0)
            {
                return funnel;
            }
        }
    }

    private static FunnelDefinition Draw(Random random)
    {
        var steps = random.Next(2, 5);
        var isWindowFunnel = random.Next(6) == 0;
        return new()
        {
            Name = "random",
            EventTable = "events",
            Steps =
            [
                .. Enumerable
                    .Range(0, steps)
                    .Select(step => new FunnelStep(Selector(random), $"s{step}")
                    {
                        Optional = step > 0 && random.Next(6) == 0,
                    }),
            ],
            Semantics = isWindowFunnel ? FunnelSemantics.WindowFunnel : FunnelSemantics.Sluice,
            Modes = isWindowFunnel ? (WindowFunnelModes)random.Next(32) : WindowFunnelModes.None,
            Order = Pick(random, Enum.GetValues<FunnelOrder>()),
            Window = random.Next(4) == 0 ? null : TimeSpan.FromHours(random.Next(1, 60)),
            Exclude =
                random.Next(3) == 0
                    ?
                    [
                        new(
                            random.Next(3) == 0 ? Selector(random) : EventSelector.Of("refund"),
                            random.Next(1, 3),
                            random.Next(2, 5)
                        ),
                    ]
                    : [],
            Unit = random.Next(5) == 0 ? "session" : null,
            Entry = Pick(random, Enum.GetValues<FunnelEntry>()),
            Hold = random.Next(5) == 0 ? [Pick(random, "product", "amount")] : [],
            By = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => By(random)).Distinct()],
            Attribution = random.Next(4) switch
            {
                0 => new(AttributionKind.LastTouch),
                1 => new(AttributionKind.AllEvents),
                2 => new(AttributionKind.Step, random.Next(1, steps + 1)),
                _ => new(AttributionKind.FirstTouch),
            },
            From = random.Next(3) == 0 ? RandomEvents.FirstDay.AddDays(random.Next(0, 2)) : null,
            To = random.Next(3) == 0 ? RandomEvents.FirstDay.AddDays(random.Next(1, 4)) : null,
            LateSteps = random.Next(3) > 0,
            Limit = random.Next(3) == 0 ? random.Next(1, 4) : 25,
            MinSample = random.Next(1, 40),
        };
    }

    private static EventSelector Selector(Random random) =>
        new(
            Pick<string[]>(random, ["a"], ["b"], ["c"], ["d"], ["a*"], ["b", "c"], ["*"]),
            random.Next(8) == 0 ? FilterText.Parse(Pick(random, Filters)) : null
        );

    private static Breakdown By(Random random) =>
        random.Next(6) switch
        {
            0 => Breakdown.By("sex"),
            1 => Breakdown.By("joined", DatePeriod.Month),
            2 => Breakdown.By("amount"),
            3 => Breakdown.By("product"),
            4 => Breakdown.ByEntry(DatePeriod.Day),
            _ => Breakdown.ByEntry(DatePeriod.Hour),
        };

    private static T Pick<T>(Random random, params T[] items) => items[random.Next(items.Length)];
}
