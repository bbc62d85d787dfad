using System.Globalization;

namespace Sluice.IntegrationTests.Demo;

/// <summary><c>sluice funnel</c> over a small shop, every number of which can be counted by hand.</summary>
public sealed class FunnelTests(FunnelTests.Shop shop) : IClassFixture<FunnelTests.Shop>
{
    [Fact]
    public void Without_a_name_the_funnels_are_listed()
    {
        var output = shop.Project.Run("funnel").Done().Output;
        Assert.All(
            [
                "step6_visits",
                "payment_to_confirmation",
                "search_to_payment",
                "checkout",
                "Search → Payment → Confirmation",
                "ordered",
            ],
            word => Assert.Contains(word, output, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_breakdown_can_be_asked_for()
    {
        var segments = shop
            .Project.Run("funnel", "search_to_payment", "--by", "device", "--format", "csv")
            .Done()
            .Lines;
        var expected = shop.Project.Query(
            """
            select device, count(step4_fact.user_id) as a, count(step5_fact.user_id) as b
            from dim_user_current left join step4_fact using (user_id) left join step5_fact using (user_id)
            where dim_user_current.user_id is not null
            group by device order by device
            """
        );
        Assert.Equal(
            expected,
            segments
                .Where(line => line.EndsWith(",segment,", StringComparison.Ordinal))
                .Select(line => line.Split(','))
                .Chunk(2)
                .Select(pair => $"{pair[0][0]},{pair[0][3]},{pair[1][3]}")
        );
    }

    [Theory]
    [InlineData("sex,month_of_year:date", 8)]
    [InlineData("month:date", 4)]
    [InlineData("year:user.date", 1)]
    public void Breakdowns_may_be_several_and_periods_of_a_date(string by, int segments) =>
        Assert.Equal(
            // The header, two steps of each segment and of the whole.
            1 + (2 * segments) + 2,
            shop.Project.Run("funnel", "search_to_payment", "--by", by, "--format", "csv").Done().Lines.Count
        );

    [Fact]
    public void None_is_the_total_alone() =>
        Assert.Equal(
            3,
            shop.Project.Run("funnel", "search_to_payment", "--by", "none", "--format", "csv").Done().Lines.Count
        );

    [Fact]
    public void An_unknown_funnel_is_answered_with_the_nearest_one() =>
        shop.Project.Run("funnel", "chekout").Fails(2, "chekout", "checkout");

    [Theory]
    [InlineData("chanel", "channel")]
    [InlineData("mnth:date", "month")]
    public void An_unknown_property_or_period_is_answered_with_the_nearest_one(string by, string near) =>
        shop.Project.Run("funnel", "search_to_payment", "--by", by).Fails(2, by.Split(':')[0], near);

    [Fact]
    public void An_ordered_funnel_counts_no_more_than_the_open_one()
    {
        var ordered = shop
            .Project.Run("funnel", "checkout", "--format", "csv")
            .Done()
            .Lines.Skip(1)
            .Select(line => long.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(3, ordered.Count);
        Assert.True(ordered[0] >= ordered[1] && ordered[1] >= ordered[2] && ordered[2] > 0, string.Join(' ', ordered));
    }

    [Fact]
    public void A_funnel_before_any_build_says_what_to_run()
    {
        using var project = SluiceProject.Sample(users: 10);
        project.Run("funnel", "checkout").Fails(2, "Nothing is published yet", "sluice run");
    }

    public sealed class Shop : IDisposable
    {
        public Shop()
        {
            Project = SluiceProject.Sample(users: 3_000);
            Project.RunDay();
        }

        internal SluiceProject Project { get; }

        public void Dispose() => Project.Dispose();
    }
}
