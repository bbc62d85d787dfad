using System.Globalization;
using Sluice.Core;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.IntegrationTests.Journeys;

public sealed class JourneyIndexTests : IDisposable
{
    private const string Visits = """
        select * from (values
          (2, timestamptz '2015-01-01 00:00:02+00', 'b'), (1, timestamptz '2015-01-01 00:00:01+00', 'a'),
          (1, timestamptz '2015-01-01 00:00:05.5+00', 'b'), (10, timestamptz '2014-12-31 23:59:59+00', null),
          (null, timestamptz '2015-01-02 00:00:00+00', 'a'), (3, null, 'a'), (3, timestamptz 'infinity', 'a')
        ) t(unit, seen, name)
        """;

    private const string People = """
        select * from (values (1, 'Female', date '2014-01-05', 1.5::double), (2, 'Male', date 'infinity', 'nan'::double),
          (3, null, null, null), (7, 'Other', null, 0)) t(id, sex, since, score)
        """;

    private readonly JourneyTable _table = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _table.Dispose();

    [Fact]
    public async Task Has_every_user_with_events_in_order_and_properties()
    {
        await _table.AddAsync(Visits);
        await _table.SetUsersAsync(People);

        var built = await _table.BuildAsync();
        using var index = (await _table.Store.OpenAsync(built.Id, Token))!;

        Assert.Equal(
            [
                "1 [Female, 01/05/2014, 1.5] a@1420070401000000 b@1420070405500000",
                "10 [, , ] @1420070399000000",
                "2 [Male, , ] b@1420070402000000",
            ],
            JourneyTable.Read(index)
        );
        Assert.Equal(new(7, 1, 2, 0, 1420070399000000, 1420156800000000), index.Contents.Summary);
        Assert.Equal(["a", "b", ""], index.Contents.Names.Coded);
        Assert.Equal(["Female", "Male", "Other"], index.Contents.Properties[0].Values);
        Assert.Equal([new DateOnly(2014, 1, 5)], index.Contents.Properties[1].Values);
    }

    [Fact]
    public async Task The_same_input_is_built_once()
    {
        await _table.AddAsync(Visits);

        var first = await _table.BuildAsync();
        var second = await _table.BuildAsync(first.Id);

        Assert.False(first.AlreadyDone);
        Assert.True(second.AlreadyDone);
        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public async Task Units_of_any_type_are_texts_with_the_bytes_order()
    {
        await _table.AddAsync(
            "select unit, timestamptz '2015-01-01' + to_seconds(n) as seen, 'e' as name from (values ('b', 1), ('ä', 2), ('b', 3), ('a-very-long-name-of-a-user', 4), ('', 5)) t(unit, n)"
        );
        await _table.SetUsersAsync("select * from (values ('ä', 1), ('b', 2), ('zz', 3)) t(id, level)");

        var built = await _table.BuildAsync();
        using var index = (await _table.Store.OpenAsync(built.Id, Token))!;

        Assert.Equal(4, index.Users);
        Assert.Contains(JourneyTable.Read(index), user => user.StartsWith("ä [1] ", StringComparison.Ordinal));
        Assert.Contains(JourneyTable.Read(index), user => user.StartsWith("b [2] ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rare_names_share_a_code_and_a_property_of_too_many_values_is_left_out()
    {
        await _table.AddAsync(
            "select i as unit, timestamptz '2015-01-01' as seen, 'n' || least(i, 300) as name from range(1000) t(i)"
        );
        await _table.SetUsersAsync(
            "select i as id, 'mail' || i as mail, i % 65535 as many, 'x' as one from range(70000) t(i)"
        );

        var built = await _table.BuildAsync();
        using var index = (await _table.Store.OpenAsync(built.Id, Token))!;
        var names = index.Contents.Names;

        Assert.Equal((254, 47), (names.Coded.Count, names.Rare.Count));
        Assert.Equal((1, 255, 0), (names.CodeOf("n300"), names.CodeOf(names.Rare[0]), names.CodeOf("none")));
        Assert.Equal(["many", "one"], index.Contents.Properties.Select(property => property.Name));
        Assert.Equal(
            new JourneyLeftOut("mail", "it has more than 65,535 values"),
            Assert.Single(index.Contents.LeftOut)
        );
    }

    [Fact]
    public async Task An_empty_table_has_an_empty_index()
    {
        await _table.AddAsync(
            "select 1 as unit, timestamptz '2015-01-01' as seen, 'a' as name where false union all select null, null, null"
        );

        var built = await _table.BuildAsync();
        using var index = (await _table.Store.OpenAsync(built.Id, Token))!;

        Assert.Empty(index.Parts);
        Assert.Equal(0, index.Contents.Summary.Events);
    }

    [Fact]
    public async Task A_user_with_two_rows_stops_the_build()
    {
        await _table.AddAsync(Visits);
        await _table.SetUsersAsync("select * from (values (1, 'a'), (1, 'b')) t(id, sex)");

        var failure = await Assert.ThrowsAsync<PipelineException>(() => _table.BuildAsync());

        Assert.Contains("several rows for id 1", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_table.Store.List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_table.State, "staging")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Overlays_say_what_a_full_build_says(int seed)
    {
        var random = new Random(seed);
        await _table.SetUsersAsync("select i as id, 'p' || i % 7 as kind from range(0, 400, 2) t(i)");
        await _table.AddAsync(RandomVisits(random, 2000, 400));
        var options = new JourneyOptions { ShardEvents = 700, MostInOverlays = 1 };
        var id = (await _table.BuildAsync(null, options)).Id;
        for (var day = 0; day < 4; day++)
        {
            await _table.AddAsync(RandomVisits(random, 60, 500));
            var outcome = await _table.BuildAsync(id, options);
            Assert.Equal(60, outcome.EventsRead);
            id = outcome.Id;
        }

        using var overlaid = (await _table.Store.OpenAsync(id, Token))!;
        var users = JourneyTable.Read(overlaid);
        var summary = overlaid.Contents.Summary;
        Assert.Contains(overlaid.Parts, part => part.Layer == 4);
        _table.Store.Delete(id);
        await _table.BuildAsync();
        using var full = (await _table.Store.OpenAsync(id, Token))!;

        Assert.All(full.Parts, part => Assert.Equal(0, part.Layer));
        Assert.Equal(JourneyTable.Read(full), users);
        Assert.Equal(full.Contents.Summary, summary);
        Assert.Equal(full.Users, overlaid.Users);
    }

    [Fact]
    public async Task Many_changed_users_many_overlays_or_a_lost_file_build_anew()
    {
        var random = new Random(5);
        await _table.AddAsync(RandomVisits(random, 2000, 400));
        var id = (await _table.BuildAsync()).Id;
        await _table.AddAsync(RandomVisits(random, 1000, 400));

        var changed = await _table.BuildAsync(id);
        Assert.Equal(3000, changed.EventsRead);

        await _table.AddAsync(RandomVisits(random, 5, 400));
        var first = await _table.BuildAsync(changed.Id, new JourneyOptions { MostOverlays = 1 });
        Assert.Equal(5, first.EventsRead);
        await _table.AddAsync(RandomVisits(random, 5, 400));
        var second = await _table.BuildAsync(first.Id, new JourneyOptions { MostOverlays = 1 });
        Assert.Equal(3010, second.EventsRead);
    }

    [Fact]
    public async Task An_overlay_outlives_the_index_below_and_an_open_index_its_removal()
    {
        await _table.AddAsync(Visits);
        var below = (await _table.BuildAsync()).Id;
        await _table.AddAsync("select 99 as unit, timestamptz '2015-02-01' as seen, 'new' as name");
        var above = (await _table.BuildAsync(below, new JourneyOptions { MostInOverlays = 1 })).Id;
        using var open = (await _table.Store.OpenAsync(below, Token))!;

        _table.Store.Delete(below);

        Assert.Null(await _table.Store.OpenAsync(below, Token));
        Assert.Equal(3, JourneyTable.Read(open).Count);
        using var overlay = (await _table.Store.OpenAsync(above, Token))!;
        Assert.Equal(4, JourneyTable.Read(overlay).Count);
    }

    private static string RandomVisits(Random random, int rows, int users)
    {
        var values = Enumerable
            .Range(0, rows)
            .Select(_ =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"({random.Next(users)}, make_timestamp({1420070400000000 + (random.Next(5000) * 1000L)}), 'n{random.Next(9)}')"
                )
            );
        return $"select unit, seen::timestamptz as seen, name from (values {string.Join(", ", values)}) t(unit, seen, name)";
    }
}
