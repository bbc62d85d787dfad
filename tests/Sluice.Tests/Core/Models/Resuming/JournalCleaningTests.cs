using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Models.Resuming;

public sealed class JournalCleaningTests
{
    private static readonly DateTimeOffset Now = new(2015, 6, 10, 0, 0, 0, TimeSpan.Zero);

    private readonly MemoryModelingJournals _journals = new();

    [Fact]
    public async Task Journals_of_published_runs_go_after_a_day_and_others_after_a_week()
    {
        await AddAsync(1, JournalCleaning.KeptAfterPublication, isPublished: true);
        await AddAsync(2, JournalCleaning.KeptAfterPublication + TimeSpan.FromSeconds(1), isPublished: true);
        await AddAsync(3, JournalCleaning.KeptUnfinished, isPublished: false);
        await AddAsync(4, JournalCleaning.KeptUnfinished + TimeSpan.FromSeconds(1), isPublished: false);

        var kept = await new JournalCleaning(_journals, new FakeTimeProvider(Now)).RunAsync();

        Assert.Equal([1, 3], kept.Select(journal => journal.Pins.Interval.LogicalDate.Day).Order());
        Assert.Equal(
            [1, 3],
            (await _journals.ListAsync()).Select(journal => journal.Pins.Interval.LogicalDate.Day).Order()
        );
    }

    private async Task AddAsync(int day, TimeSpan age, bool isPublished)
    {
        var interval = DataInterval.OfDay(new(2015, 5, day), TimeZoneInfo.Utc);
        var journal = await _journals.BeginAsync(
            "d",
            interval,
            _ =>
                new()
                {
                    DagId = "d",
                    Interval = interval,
                    PinnedAt = Now - age,
                    Token = 1,
                    Tables = new Dictionary<TableId, TableVersion>(),
                    Builds = new(null, null, null, null),
                }
        );
        if (isPublished)
        {
            await journal.NotePublishedAsync();
        }
    }
}
