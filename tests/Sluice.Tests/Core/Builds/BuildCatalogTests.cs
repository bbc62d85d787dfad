using Sluice.Core;
using Sluice.Core.Builds;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Builds;

public sealed class BuildCatalogTests
{
    private readonly FakeBuildStore _store = new();

    [Fact]
    public async Task Without_builds_there_is_none()
    {
        var catalog = new BuildCatalog(_store);

        Assert.Null(await catalog.CurrentAsync());
        Assert.Null(await catalog.OfIntervalAsync("x"));
        Assert.Equal(
            "Nothing is published yet: there is no build.",
            (await Assert.ThrowsAsync<DefinitionException>(() => catalog.ResolveAsync(null))).Problem
        );
    }

    [Fact]
    public async Task The_current_build_is_the_newest_that_was_promoted()
    {
        _store.Add(1).Add(2).Add(1, promoted: false);

        Assert.Equal(2, await NumberAsync(null));
    }

    [Fact]
    public async Task A_number_names_any_build()
    {
        _store.Add(1).Add(2).Add(1, promoted: false);

        Assert.Equal((1, 3), (await NumberAsync("1"), await NumberAsync("3")));
        Assert.Equal(2, await NumberAsync("0002"));
    }

    [Fact]
    public async Task A_date_names_its_newest_build_promoted_or_not()
    {
        _store.Add(1).Add(2).Add(1, promoted: false);

        Assert.Equal((3, 2), (await NumberAsync("2015-05-01"), await NumberAsync("2015-05-02")));
    }

    [Theory]
    [InlineData("4", "There is no build 4.", "The newest are: 2 (2015-05-02), 1 (2015-05-01).")]
    [InlineData("0", "There is no build 0.", "The newest are: 2 (2015-05-02), 1 (2015-05-01).")]
    [InlineData("2015-05-03", "There is no build for 2015-05-03.", "The newest are: 2 (2015-05-02), 1 (2015-05-01).")]
    [InlineData(
        "2015-5-1",
        "'2015-5-1' is neither a build's number nor a date.",
        "Write --as-of 3 or --as-of 2015-05-01."
    )]
    [InlineData("-1", "'-1' is neither a build's number nor a date.", "Write --as-of 3 or --as-of 2015-05-01.")]
    [InlineData("", "'' is neither a build's number nor a date.", "Write --as-of 3 or --as-of 2015-05-01.")]
    public async Task What_names_no_build_is_refused(string asOf, string problem, string hint)
    {
        _store.Add(1).Add(2);

        var wrong = await Assert.ThrowsAsync<DefinitionException>(() => NumberAsync(asOf));

        Assert.Equal((problem, hint), (wrong.Problem, wrong.Hint));
    }

    [Fact]
    public async Task The_build_of_an_interval_is_its_newest_promoted_or_not()
    {
        _store.Add(1).Add(1, promoted: false).Add(2);

        var build = await new BuildCatalog(_store).OfIntervalAsync(
            DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc).Id
        );

        Assert.Equal(2, build!.Number);
    }

    private async Task<long> NumberAsync(string? asOf) => (await new BuildCatalog(_store).ResolveAsync(asOf)).Number;
}
