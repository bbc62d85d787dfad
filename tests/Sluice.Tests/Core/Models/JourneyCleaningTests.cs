using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Tests.Core.Builds;

namespace Sluice.Tests.Core.Models;

public sealed class JourneyCleaningTests
{
    private static readonly DateTimeOffset Now = new(2015, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeBuildStore _builds = new();
    private readonly Indexes _indexes = new();

    [Fact]
    public async Task Indexes_of_the_newest_builds_and_of_the_current_one_stay()
    {
        foreach (var (number, promoted) in new[] { (1, false), (2, true), (3, false), (4, false), (5, false) })
        {
            _builds.Add(number, promoted, $"a{number}");
            _indexes.Add($"a{number}", Now - TimeSpan.FromDays(1));
        }

        Assert.Equal(["a1"], await CleanAsync());
        Assert.Equal(["a2", "a3", "a4", "a5"], _indexes.List().Select(entry => entry.Id));
    }

    [Fact]
    public async Task What_appeared_just_now_stays_since_its_build_may_be_on_the_way()
    {
        _indexes.Add("a", Now - JourneyCleaning.Grace);
        _indexes.Add("b", Now - JourneyCleaning.Grace - TimeSpan.FromSeconds(1));

        Assert.Equal(["b"], await CleanAsync());
    }

    [Fact]
    public async Task What_a_run_may_yet_publish_stays()
    {
        _indexes.Add("a", Now - TimeSpan.FromDays(2));
        _indexes.Add("b", Now - TimeSpan.FromDays(2));
        var interval = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
        var journal = await new MemoryModelingJournals().BeginAsync(
            "d",
            interval,
            _ =>
                new()
                {
                    DagId = "d",
                    Interval = interval,
                    PinnedAt = Now,
                    Token = 1,
                    Tables = new Dictionary<TableId, TableVersion>(),
                    Builds = new(null, null, null, null),
                },
            TestContext.Current.CancellationToken
        );
        await journal.NoteIndexAsync("visits", "a", TestContext.Current.CancellationToken);

        Assert.Equal(["b"], await CleanAsync(journal));
    }

    private Task<IReadOnlyList<string>> CleanAsync(params IReadOnlyList<IModelingJournal> unpublished) =>
        new JourneyCleaning(_indexes, _builds, new FakeTimeProvider(Now), unpublished).RunAsync(
            TestContext.Current.CancellationToken
        );

    private sealed class Indexes : IJourneyStore
    {
        private readonly List<JourneyEntry> _entries = [];

        public void Add(string id, DateTimeOffset publishedAt) => _entries.Add(new(id, publishedAt));

        public Task<JourneyIndex?> OpenAsync(string id, CancellationToken cancellationToken = default) =>
            Task.FromResult<JourneyIndex?>(null);

        public IReadOnlyList<JourneyEntry> List() => [.. _entries];

        public IJourneyStaging Stage() => throw new NotSupportedException();

        public void Delete(string id) => _entries.RemoveAll(entry => entry.Id == id);
    }
}
