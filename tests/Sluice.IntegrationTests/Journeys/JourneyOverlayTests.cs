using System.Globalization;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.IntegrationTests.Journeys;

/// <summary>An index that is built on an older one says what one says that is built from all events.</summary>
public sealed class JourneyOverlayTests : IDisposable
{
    private static readonly JourneyOptions AnyChange = new()
    {
        MostInOverlays = 10,
        MostOverlays = 100,
        MostCompared = 10,
    };
    private readonly JourneyTable _table = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Layers_say_what_a_full_build_says(int seed)
    {
        var random = new Random(seed);
        var days = new List<List<Visit>> { RandomDay(random, 1500), RandomDay(random, 200) };
        var people = Enumerable.Range(0, 150).ToDictionary(i => i * 2, i => $"p{i % 7}");
        foreach (var day in days)
        {
            await _table.AddAsync(Select(day));
        }

        await _table.SetUsersAsync(Select(people));
        var options = AnyChange with { ShardEvents = 700 };
        var id = (await _table.BuildAsync(null, options)).Id;
        for (var night = 1; night <= 8; night++)
        {
            var changed = await ChangeAsync(random, days, people);
            var outcome = await _table.BuildAsync(id, options);

            if (outcome.AlreadyDone)
            {
                Assert.Empty(changed);
                continue;
            }

            // What is told apart is exactly who changed, whatever was written again.
            var expected = days.SelectMany(day => day).Where(visit => changed.Contains(visit.User)).ToList();
            Assert.Equal(
                $"written anew for {Users(expected)} of {Users(days.SelectMany(day => day))} users",
                outcome.Note
            );
            Assert.Equal(expected.Count, outcome.EventsWritten);
            id = outcome.Id;
        }

        using var layered = (await _table.Store.OpenAsync(id, Token))!;
        var (users, summary) = (JourneyTable.Read(layered), layered.Contents.Summary);
        Assert.Contains(layered.Parts, part => part.Layer > 1);
        _table.Store.Delete(id);
        await _table.BuildAsync();
        using var full = (await _table.Store.OpenAsync(id, Token))!;

        Assert.All(full.Parts, part => Assert.Equal(0, part.Layer));
        Assert.Equal(JourneyTable.Read(full), users);
        Assert.Equal(full.Contents.Summary, summary);
        Assert.Equal(full.Users, layered.Users);
        Assert.Subset(layered.Contents.Names.Coded.ToHashSet(), full.Contents.Names.Coded.ToHashSet());
    }

    [Fact]
    public async Task A_user_whose_two_visits_exchange_their_names_has_changed()
    {
        await _table.AddAsync(Select([new(1, 1, "a"), new(1, 2, "b"), new(2, 1, "a"), new(2, 2, "b")]));
        var id = (await _table.BuildAsync()).Id;
        await _table.ReplaceAsync(0, Select([new(1, 1, "b"), new(1, 2, "a"), new(2, 2, "b"), new(2, 1, "a")]));

        var outcome = await _table.BuildAsync(id, AnyChange);

        Assert.Equal("written anew for 1 of 2 users", outcome.Note);
        using var index = (await _table.Store.OpenAsync(outcome.Id, Token))!;
        Assert.Equal(
            ["1 [] b@1420070400001000 a@1420070400002000", "2 [] a@1420070400001000 b@1420070400002000"],
            JourneyTable.Read(index)
        );
    }

    [Fact]
    public async Task Files_that_are_written_again_as_they_were_change_nobody()
    {
        var day = RandomDay(new Random(3), 300);
        await _table.AddAsync(Select(day));
        var first = (await _table.BuildAsync()).Id;
        await _table.ReplaceAsync(0, Select([.. day.OrderByDescending(visit => visit.Milliseconds)]));

        var outcome = await _table.BuildAsync(first, AnyChange);

        Assert.NotEqual(first, outcome.Id);
        Assert.Equal((0, 300), (outcome.EventsWritten, outcome.Events));
    }

    [Fact]
    public async Task A_property_that_the_index_does_not_have_changes_nobody()
    {
        const string People = "select i as id, 'mail' || (i + {0}) as mail, i % 3 as kind from range(70000) t(i)";
        await _table.AddAsync(Select(RandomDay(new Random(1), 300)));
        await _table.SetUsersAsync(People.Replace("{0}", "0", StringComparison.Ordinal));
        var id = (await _table.BuildAsync()).Id;
        await _table.SetUsersAsync(People.Replace("{0}", "1", StringComparison.Ordinal));

        var outcome = await _table.BuildAsync(id, AnyChange with { MostCompared = 1000 });

        Assert.StartsWith("written anew for 0 of ", outcome.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_units_are_told_apart_by_their_bytes()
    {
        await _table.AddAsync(
            "select unit, timestamptz '2015-01-01' as seen, 'e' as name from (values ('b'), ('ä'), ('')) t(unit)"
        );
        var id = (await _table.BuildAsync()).Id;
        await _table.AddAsync(
            "select unit, timestamptz '2015-01-02' as seen, 'f' as name from (values ('ä'), ('c')) t(unit)"
        );

        var outcome = await _table.BuildAsync(id, AnyChange);

        Assert.Equal("written anew for 2 of 4 users", outcome.Note);
        using var index = (await _table.Store.OpenAsync(outcome.Id, Token))!;
        Assert.Equal(
            ["", "b", "c", "ä"],
            JourneyTable.Read(index).Select(user => user[..user.IndexOf(' ', StringComparison.Ordinal)])
        );
    }

    [Fact]
    public async Task A_user_who_got_a_second_row_stops_the_build()
    {
        await _table.AddAsync(Select(RandomDay(new Random(1), 300)));
        await _table.SetUsersAsync("select i as id, 'x' as kind from range(0, 400) t(i)");
        var id = (await _table.BuildAsync()).Id;
        await _table.SetUsersAsync("select i as id, 'x' as kind from range(0, 400) t(i) union all select 7, 'x'");
        await _table.AddAsync(Select([new(7, 1, "a")]));

        var failure = await Assert.ThrowsAsync<Core.PipelineException>(() => _table.BuildAsync(id, AnyChange));

        Assert.Contains("several rows for id 7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_changed_users_many_layers_other_columns_or_a_lost_file_build_anew_and_say_so()
    {
        var random = new Random(5);
        await _table.AddAsync(Select(RandomDay(random, 2000)));
        var first = await _table.BuildAsync();
        await _table.AddAsync(Select(RandomDay(random, 1000)));

        var changed = await _table.BuildAsync(first.Id);
        Assert.Equal(
            (3000, "built anew: the events of more than 20 % of its users changed since it was built as a whole"),
            (changed.EventsWritten, changed.Note)
        );

        await _table.AddAsync(Select(RandomDay(random, 5)));
        var layer = await _table.BuildAsync(changed.Id, new JourneyOptions { MostOverlays = 1 });
        Assert.InRange(layer.EventsWritten, 5, 100);
        await _table.AddAsync(Select(RandomDay(random, 5)));
        var again = await _table.BuildAsync(layer.Id, new JourneyOptions { MostOverlays = 1 });
        Assert.Equal((3010, "built anew: it had 1 layers"), (again.EventsWritten, again.Note));

        await _table.ReplaceAsync(0, Select(RandomDay(new Random(5), 2000)));
        var rewritten = await _table.BuildAsync(again.Id);
        Assert.Equal("built anew: most rows of visits were written again", rewritten.Note);

        await _table.SetUsersAsync("select 1 as id, 'x' as kind");
        var withUsers = await _table.BuildAsync(rewritten.Id);
        Assert.Equal(
            (3010, "built anew: its columns are not what they were"),
            (withUsers.EventsWritten, withUsers.Note)
        );

        _table.Lose(0);
        var withoutFile = await _table.BuildAsync(withUsers.Id, AnyChange);
        Assert.Equal(2010, withoutFile.EventsWritten);
        Assert.StartsWith("built anew: ", withoutFile.Note, StringComparison.Ordinal);
        Assert.Contains(".parquet", withoutFile.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overlay_outlives_the_index_below_and_an_open_index_its_removal()
    {
        await _table.AddAsync(Select([new(1, 1, "a"), new(2, 2, "b"), new(10, 3, "b")]));
        var below = (await _table.BuildAsync()).Id;
        await _table.AddAsync("select 99 as unit, timestamptz '2015-02-01' as seen, 'new' as name");
        var above = (await _table.BuildAsync(below, AnyChange)).Id;
        using var open = (await _table.Store.OpenAsync(below, Token))!;

        _table.Store.Delete(below);

        Assert.Null(await _table.Store.OpenAsync(below, Token));
        Assert.Equal(3, JourneyTable.Read(open).Count);
        using var overlay = (await _table.Store.OpenAsync(above, Token))!;
        Assert.Equal(4, JourneyTable.Read(overlay).Count);
    }

    // What a night may do: add a day, write one again with or without changes, lose one, change users; nobody else changes.
    private async Task<HashSet<int>> ChangeAsync(Random random, List<List<Visit>> days, Dictionary<int, string> people)
    {
        var changed = new HashSet<int>();
        if (random.Next(3) > 0)
        {
            days.Add(RandomDay(random, random.Next(1, 60)));
            await _table.AddAsync(Select(days[^1]));
            changed.UnionWith(days[^1].Select(visit => visit.User));
        }

        if (random.Next(3) > 0)
        {
            var place = random.Next(days.Count);
            var day = days[place];
            days.RemoveAt(place);
            var again = day.OrderBy(_ => random.Next()).ToList();
            for (var i = random.Next(4); i > 0 && again.Count > 2; i--)
            {
                changed.Add(again[^1].User);
                changed.Add(again[0].User);
                again[0] = again[0] with { Milliseconds = again[0].Milliseconds + 1 };
                again.RemoveAt(again.Count - 1);
                again = [.. again.Skip(1), again[0]];
            }

            days.Add(again);
            await _table.ReplaceAsync(place, Select(again));
        }

        if (random.Next(2) == 0)
        {
            for (var i = 0; i < 3; i++)
            {
                var user = random.Next(400);
                var before = people.GetValueOrDefault(user);
                if (random.Next(3) == 0)
                {
                    people.Remove(user);
                }
                else
                {
                    people[user] = $"p{random.Next(12)}";
                }

                if (people.GetValueOrDefault(user) != before)
                {
                    changed.Add(user);
                }
            }

            await _table.SetUsersAsync(Select(people));
        }

        return changed;
    }

    private static int Users(IEnumerable<Visit> visits) => visits.DistinctBy(visit => visit.User).Count();

    private static List<Visit> RandomDay(Random random, int rows) =>
        [
            .. Enumerable
                .Range(0, rows)
                .Select(_ => new Visit(random.Next(400), random.Next(5000), $"n{random.Next(9)}")),
        ];

    private static string Select(IEnumerable<Visit> visits)
    {
        var values = visits.Select(visit =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"({visit.User}, make_timestamp({1420070400000000 + (visit.Milliseconds * 1000L)}), '{visit.Name}')"
            )
        );
        return $"select unit, seen::timestamptz as seen, name from (values {string.Join(", ", values)}) t(unit, seen, name)";
    }

    private static string Select(IReadOnlyDictionary<int, string> people)
    {
        var values = people.Select(person =>
            string.Create(CultureInfo.InvariantCulture, $"({person.Key}, '{person.Value}')")
        );
        return $"select * from (values {string.Join(", ", values)}) t(id, kind)";
    }

    private sealed record Visit(int User, int Milliseconds, string Name);
}
