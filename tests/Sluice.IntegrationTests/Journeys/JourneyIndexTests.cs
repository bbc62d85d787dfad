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
}
