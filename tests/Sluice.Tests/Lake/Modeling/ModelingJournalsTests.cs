using Sluice.Core;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Modeling;

namespace Sluice.Tests.Lake.Modeling;

/// <summary>Both kinds of journals mean the same.</summary>
public sealed class ModelingJournalsTests : IDisposable
{
    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);
    private static readonly DataInterval Hour = new(Day.Start, Day.Start.AddHours(1), new(2015, 5, 1));

    private readonly TempFolder _folder = new();
    private readonly MemoryModelingJournals _memory = new();

    public static TheoryData<bool> Kinds => [true, false];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_is_noted_is_read_by_others(bool inFiles)
    {
        var journal = await BeginAsync(inFiles, Day, token: 7);
        await journal.NoteAsync("dim_user", Note(3));
        await journal.NoteAsync("Größe / π", Note(4));
        await journal.NoteIndexAsync("fact", "abc");
        await journal.NoteIndexAsync("other", index: null);
        await journal.NotePublishedAsync();

        var found = (await Journals(inFiles).FindAsync("d", Day))!;
        var notes = await found.ReadAsync();

        Assert.Equal(journal.Id, found.Id);
        Assert.Equal(7, found.Pins.Token);
        Assert.Equal(Pins(Day, 7).Tables, found.Pins.Tables);
        Assert.Equal(Pins(Day, 7).Builds, found.Pins.Builds);
        Assert.Equal(("prod", true, Day), (found.Pins.TargetName, found.Pins.FullRefresh, found.Pins.Interval));
        Assert.Equal(["Größe / π", "dim_user"], notes.Models.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            (new("i", 3), "content"),
            (notes.Models["dim_user"].Table, notes.Models["dim_user"].Record.Content)
        );
        Assert.Equal("abc", notes.Indexes["fact"]);
        Assert.Null(notes.Indexes["other"]);
        Assert.True(notes.IsPublished);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_first_note_of_a_model_stays_unless_it_is_to_be_replaced(bool inFiles)
    {
        var journal = await BeginAsync(inFiles, Day);

        Assert.True(await journal.NoteAsync("m", Note(1)));
        Assert.False(await journal.NoteAsync("m", Note(2)));
        Assert.Equal(1, (await journal.ReadAsync()).Models["m"].Table.Version);
        Assert.True(await journal.NoteAsync("m", Note(3), replaces: true));
        Assert.Equal(3, (await journal.ReadAsync()).Models["m"].Table.Version);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Each_dag_and_interval_has_a_journal_of_its_own(bool inFiles)
    {
        var day = await BeginAsync(inFiles, Day);
        var hour = await BeginAsync(inFiles, Hour);
        var other = await BeginAsync(inFiles, Day, dag: "other");

        Assert.Equal(
            new[] { day.Id, hour.Id, other.Id }.Order(StringComparer.Ordinal),
            (await Journals(inFiles).ListAsync()).Select(journal => journal.Id).Order(StringComparer.Ordinal)
        );
        Assert.Equal(hour.Id, (await Journals(inFiles).FindAsync("d", Hour))!.Id);
        Journals(inFiles).Remove(hour);
        Journals(inFiles).Remove(hour);
        Assert.Null(await Journals(inFiles).FindAsync("d", Hour));
        Assert.Equal(day.Id, (await Journals(inFiles).FindAsync("d", Day))!.Id);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_journal_that_begins_sees_the_one_before_and_has_nothing_of_it(bool inFiles)
    {
        var first = await BeginAsync(inFiles, Day, token: 7);
        await first.NoteAsync("m", Note(1));

        var second = await Journals(inFiles).BeginAsync("d", Day, before => Pins(Day, before!.Token + 1));

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((second.Id, 8L), ((await Journals(inFiles).FindAsync("d", Day))!.Id, second.Pins.Token));
        Assert.Empty((await second.ReadAsync()).Models);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_journal_whose_first_entry_is_refused_does_not_begin(bool inFiles)
    {
        var first = await BeginAsync(inFiles, Day);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Journals(inFiles).BeginAsync("d", Day, _ => throw new InvalidOperationException())
        );

        Assert.Equal(first.Id, (await Journals(inFiles).FindAsync("d", Day))!.Id);
    }

    [Fact]
    public async Task Who_is_at_work_for_an_older_journal_is_told_when_it_notes_something()
    {
        var first = await BeginAsync(inFiles: true, Day);
        var second = await BeginAsync(inFiles: true, Day);

        foreach (
            var write in new Func<Task>[]
            {
                () => first.NoteAsync("m", Note(1)),
                () => first.NoteAsync("m", Note(1), replaces: true),
                () => first.NoteIndexAsync("m", "x"),
                () => first.NotePublishedAsync(),
                () => first.ReadAsync(),
            }
        )
        {
            var told = await Assert.ThrowsAsync<PipelineException>(write);
            Assert.Contains("Another run has pinned the inputs of 2015-05-01", told.Message, StringComparison.Ordinal);
        }

        Assert.Empty((await second.ReadAsync()).Models);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "staging")));
    }

    [Fact]
    public async Task Of_many_that_begin_at_once_each_comes_after_another_and_the_last_one_stays()
    {
        var began = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(() =>
                        Journals(inFiles: true).BeginAsync("d", Day, before => Pins(Day, (before?.Token ?? 0) + 1))
                    )
                )
        );

        Assert.Distinct(began.Select(run => run.Pins.Token));
        Assert.Equal(began.MaxBy(run => run.Pins.Token)!.Id, (await Journals(inFiles: true).FindAsync("d", Day))!.Id);
        Assert.Single(await Journals(inFiles: true).ListAsync());
    }

    [Fact]
    public async Task What_a_crash_left_before_a_journal_began_is_no_journal()
    {
        var first = await BeginAsync(inFiles: true, Day);
        var folder = Directory.GetParent(
            Directory.EnumerateFiles(_folder.Path, "pins.json", SearchOption.AllDirectories).Single()
        )!;
        Directory.CreateDirectory(Path.Combine(folder.Parent!.FullName, 2.ToString("D20", null)));

        Assert.Equal(first.Id, (await Journals(inFiles: true).FindAsync("d", Day))!.Id);
        await BeginAsync(inFiles: true, Day);
        Assert.Single(folder.Parent.EnumerateDirectories());
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        await BeginAsync(inFiles: true, Day);
        var file = Directory.EnumerateFiles(_folder.Path, "pins.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(file, "{", TestContext.Current.CancellationToken);

        var told = await Assert.ThrowsAsync<PipelineException>(() => Journals(inFiles: true).FindAsync("d", Day));

        Assert.Contains(file, told.Message, StringComparison.Ordinal);
    }

    private IModelingJournals Journals(bool inFiles) =>
        inFiles ? new FileModelingJournals(_folder.Path, TimeZoneInfo.Utc) : _memory;

    private Task<IModelingJournal> BeginAsync(bool inFiles, DataInterval interval, long token = 1, string dag = "d") =>
        Journals(inFiles).BeginAsync(dag, interval, _ => Pins(interval, token, dag));

    private static ModelingPins Pins(DataInterval interval, long token, string dag = "d") =>
        new()
        {
            DagId = dag,
            Interval = interval,
            PinnedAt = DateTimeOffset.UnixEpoch,
            Token = token,
            Tables = new Dictionary<TableId, TableVersion> { [TableId.Raw("app", "users")] = new("i", 4) },
            Builds = new(1, null, 2, 3),
            FullRefresh = true,
            TargetName = "prod",
        };

    private static ModelNote Note(long version) =>
        new(
            new("i", version),
            new("fingerprint", "content", "statement", "checks", new Dictionary<string, string> { ["raw/a/b"] = "x" }),
            Unchanged: false
        );
}
