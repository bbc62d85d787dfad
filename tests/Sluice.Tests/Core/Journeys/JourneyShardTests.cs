using CsCheck;
using Sluice.Core.Journeys;

namespace Sluice.Tests.Core.Journeys;

public sealed class JourneyShardTests
{
    private const int Cases = 3_000;

    private static readonly Gen<(long Micros, byte Code)[]> User = Gen.Select(
            Gen.Long[0, 40],
            Gen.Byte[1, 255],
            (micros, code) => (micros, code)
        )
        .Array[0, 9]
        .Select(events => events.OrderBy(item => item.micros).ToArray());

    [Fact]
    public void What_was_added_comes_out_again() =>
        Gen.Select(User.Array[0, 70], Gen.OneOf(1L, 1_000L, 1_000_000L, 100_000_000_000L), Gen.Long[-99, 99])
            .Sample(
                (users, unit, start) =>
                {
                    var builder = new JourneyShardBuilder(properties: 1);
                    for (var i = 0; i < users.Length; i++)
                    {
                        Assert.True(
                            builder.TryAdd(
                                Array.ConvertAll(users[i], item => start + (item.Micros * unit)),
                                Array.ConvertAll(users[i], item => item.Code),
                                [(ushort)(i * 7)]
                            )
                        );
                    }

                    var shard = builder.Build(out var order);
                    Assert.Equal(Enumerable.Range(0, users.Length), order.Order());
                    for (var place = 0; place < order.Length; place++)
                    {
                        var user = users[order[place]];
                        var (micros, codes) = (new long[user.Length], new byte[user.Length]);
                        Assert.Equal(user.Length, shard.CopyTo(place, micros, codes));
                        Assert.Equal(user.Select(item => start + (item.Micros * unit)), micros);
                        Assert.Equal(user.Select(item => item.Code), codes);
                        Assert.Equal(order[place] * 7, shard.Property(0)[place]);
                        Assert.Equal(
                            user.DistinctBy(item => item.Micros).Count() < user.Length
                                ? JourneyMarks.EqualInstants
                                : JourneyMarks.None,
                            (JourneyMarks)shard.Columns.Flags.Span[place]
                        );
                    }
                },
                iter: Cases
            );

    [Theory]
    [InlineData(new long[] { }, JourneyUnit.Seconds, false)]
    [InlineData(new[] { 5L }, JourneyUnit.Seconds, false)]
    [InlineData(new[] { 5L, 3_000_005L }, JourneyUnit.Seconds, false)]
    [InlineData(new[] { 5L, 3_001_005L, 9_001_005L }, JourneyUnit.Milliseconds, false)]
    [InlineData(new[] { 5L, 3_001_004L }, JourneyUnit.Microseconds, false)]
    [InlineData(new[] { -1L, 4_294_967_293L - 1 }, JourneyUnit.Microseconds, false)]
    [InlineData(new[] { -1L, 4_294_967_294L - 1 }, JourneyUnit.Microseconds, true)]
    [InlineData(new[] { 0L, 4_294_967_000_000L }, JourneyUnit.Seconds, false)]
    [InlineData(new[] { 1_000L, 4_294_967_294_000L }, JourneyUnit.Milliseconds, false)]
    [InlineData(new[] { 0L, 4_294_967_294_001L }, JourneyUnit.Microseconds, true)]
    public void The_unit_is_the_coarsest_that_loses_nothing(long[] micros, JourneyUnit unit, bool isWide)
    {
        var builder = new JourneyShardBuilder();
        builder.TryAdd(micros, [.. micros.Select(_ => (byte)1)]);

        var clock = builder.Build(out _).Clock;

        Assert.Equal((unit, isWide), (clock.Unit, clock.IsWide));
    }

    [Fact]
    public void An_instant_finds_its_first_kept_time_however_far_away_it_is()
    {
        var clock = new JourneyClock(1_000_000, JourneyUnit.Seconds, IsWide: false, Last: 5);

        Assert.Equal(
            [1, 1, 1, 2, 2, 3, 5, 6, 6, 6],
            new[]
            {
                long.MinValue,
                0,
                1_000_000,
                1_000_001,
                2_000_000,
                2_000_001,
                5_000_000,
                5_000_001,
                6_000_000,
                long.MaxValue,
            }.Select(clock.AtOrAfter)
        );
        Assert.Equal([0ul, 1, 5, 5], new long?[] { 999_999, 1_000_000, long.MaxValue, null }.Select(clock.UnitsOf));
    }

    [Fact]
    public void Blocks_of_like_length_leave_few_slots_empty()
    {
        var builder = new JourneyShardBuilder();
        var random = new Random(3);
        for (var user = 0; user < 5_000; user++)
        {
            var length = random.Next(1, 30);
            builder.TryAdd([.. Enumerable.Range(0, length)], [.. Enumerable.Repeat((byte)1, length)]);
        }

        var shard = builder.Build(out _);

        Assert.InRange(shard.Slots - builder.Events, 0, JourneyShard.Lanes * 30);
    }

    [Fact]
    public void A_full_builder_takes_no_more_but_always_the_first()
    {
        var builder = new JourneyShardBuilder(maxEvents: 2);

        Assert.True(builder.TryAdd([1, 2, 3], [1, 1, 1]));
        Assert.False(builder.TryAdd([1], [1]));
        Assert.Equal((1, 3), (builder.Users, builder.Events));
    }

    [Fact]
    public void The_same_users_make_the_same_bytes() => Assert.Equal(Bytes(), Bytes());

    [Fact]
    public void Events_out_of_order_or_without_a_code_are_refused()
    {
        var builder = new JourneyShardBuilder();

        Assert.Throws<ArgumentException>(() => builder.TryAdd([2, 1], [1, 1]));
        Assert.Throws<ArgumentException>(() => builder.TryAdd([1], [0]));
        Assert.Throws<ArgumentException>(() => builder.TryAdd([1], [1, 1]));
        Assert.Throws<ArgumentException>(() => builder.TryAdd([long.MinValue], [1]));
        Assert.Equal(0, builder.Users);
    }

    [Fact]
    public void Columns_that_contradict_each_other_are_refused()
    {
        var builder = new JourneyShardBuilder(properties: 1);
        builder.TryAdd([1, 2], [1, 2], [3]);
        var shard = builder.Build(out _);
        var good = shard.Columns;
        foreach (
            var bad in new[]
            {
                good with
                {
                    Codes = good.Codes[16..],
                },
                good with
                {
                    Times = good.Times[4..],
                },
                good with
                {
                    BlockStarts = good.BlockStarts[4..],
                },
                good with
                {
                    BlockStarts = new byte[8],
                },
                good with
                {
                    BlockStarts = new byte[] { 0, 0, 0, 0, 31, 0, 0, 0 },
                },
                good with
                {
                    BlockStarts = default,
                },
                good with
                {
                    Lengths = good.Lengths[4..],
                },
                good with
                {
                    Flags = good.Flags[1..],
                },
                good with
                {
                    Properties = [new byte[31]],
                },
            }
        )
        {
            Assert.Throws<ArgumentException>(() => new JourneyShard(shard.Clock, shard.Users, bad));
        }

        Assert.Throws<ArgumentException>(() => new JourneyShard(shard.Clock, 17, good));
        Assert.Throws<ArgumentException>(() => new JourneyShard(shard.Clock with { IsWide = true }, 1, good));
        Assert.Equal(1, new JourneyShard(shard.Clock, 1, good).Blocks);
    }

    private static byte[] Bytes()
    {
        var builder = new JourneyShardBuilder(properties: 1);
        var random = new Random(5);
        for (var user = 0; user < 500; user++)
        {
            var times = Enumerable.Range(0, random.Next(20)).Select(_ => random.NextInt64(1_000)).Order().ToArray();
            builder.TryAdd(times, [.. times.Select(time => (byte)(1 + (time % 9)))], [(ushort)user]);
        }

        var columns = builder.Build(out var order).Columns;
        return
        [
            .. columns.Codes.Span,
            .. columns.Times.Span,
            .. columns.BlockStarts.Span,
            .. columns.Flags.Span,
            .. columns.Properties[0].Span,
            .. order.SelectMany(BitConverter.GetBytes),
        ];
    }
}
