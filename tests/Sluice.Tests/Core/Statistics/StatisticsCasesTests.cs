using System.Globalization;
using Sluice.Core.Statistics;

namespace Sluice.Tests.Core.Statistics;

/// <summary>
/// The statistics against <c>tests/statistics/cases.txt</c>, which <c>cases.py</c> beside it computes from the formulas of
/// docs/semantics.md in other ways and with 60 digits.
/// </summary>
public sealed class StatisticsCasesTests
{
    // Of a double's 16 digits a few are lost where large numbers cancel.
    private const double Relative = 1e-10;
    private const double Absolute = 1e-14;

    [Theory]
    [InlineData("wilson", 40)]
    [InlineData("two", 35)]
    [InlineData("effect", 60)]
    [InlineData("hochberg", 20)]
    [InlineData("meier", 30)]
    public void Figures_are_those_of_another_way_of_computing(string kind, int least)
    {
        var cases = File.ReadLines(Path.Combine(Repository.Root, "tests", "statistics", "cases.txt"))
            .Select(line => line.Split(' '))
            .Where(words => words[0] == kind)
            .ToList();

        Assert.True(cases.Count >= least);
        Assert.All(
            cases,
            words =>
            {
                var arrow = Array.IndexOf(words, "->");
                var expected = words[(arrow + 1)..].Where(word => word != "none").Select(Number).ToList();
                var actual = Of(kind, words[1..arrow]);
                Assert.Equal(expected.Count, actual.Count);
                Assert.All(
                    expected.Zip(actual),
                    pair => Assert.Equal(pair.First, pair.Second, Math.Max(Absolute, Math.Abs(pair.First) * Relative))
                );
            }
        );
    }

    private static IReadOnlyList<double> Of(string kind, string[] given) =>
        kind switch
        {
            "wilson" => Ends(WilsonInterval.Of(Count(given[0]), Count(given[1]))!.Value),
            "two" => Two(
                TwoProportionTest.Of(Count(given[0]), Count(given[1]), Count(given[2]), Count(given[3]))!.Value
            ),
            "effect" => MinimumDetectableEffect.Of(Count(given[0]), Count(given[1]), Count(given[2]) / 100.0)
                is { } seen
                ? [seen]
                : [],
            "hochberg" =>
            [
                .. BenjaminiHochberg.Adjust([.. given.Select(p => (double?)Number(p))]).Select(q => q!.Value),
            ],
            "meier" => Meier(given[1..], Count(given[0])),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such statistic."),
        };

    private static IReadOnlyList<double> Two(TwoProportionTest test) =>
        [test.Difference, test.PValue, .. Ends(test.DifferenceInterval)];

    private static IReadOnlyList<double> Meier(string[] units, long horizon)
    {
        var estimate = KaplanMeier.Of(
            [.. units.Select(unit => Count(unit.TrimEnd('+')))],
            [.. units.Select(unit => unit.EndsWith('+'))],
            horizon
        )!;
        return [estimate.Conversion, .. Ends(estimate.Interval)];
    }

    private static IReadOnlyList<double> Ends(Interval interval) => [interval.Low, interval.High];

    private static long Count(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
