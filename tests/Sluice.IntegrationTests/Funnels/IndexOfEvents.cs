using System.Text;
using Sluice.Core.Journeys;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>A journeys index of random events, made in memory and without the code that makes it from tables.</summary>
internal sealed class IndexOfEvents(RandomEvents events, int layers) : IJourneyStore
{
    private static readonly string[] Names = ["a", "b", "c", "d", "ab", "refund", "other", ""];

    public Task<JourneyIndex?> OpenAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult<JourneyIndex?>(Make());

    public IReadOnlyList<JourneyEntry> List() => [];

    public IJourneyStaging Stage() => throw new NotSupportedException();

    public void Delete(string id) => throw new NotSupportedException();

    private JourneyIndex Make()
    {
        var properties = new[]
        {
            new JourneyProperty("sex", ["f", "m"]),
            new JourneyProperty(
                "joined",
                [
                    .. events
                        .Users.Select(user => user.Joined)
                        .OfType<DateOnly>()
                        .Distinct()
                        .Order()
                        .Select(date => (object)date),
                ]
            ),
        };
        var users = events
            .Rows.Where(row => row.Unit is not null && row.Micros is not null)
            .GroupBy(row => row.Unit!)
            .OrderBy(user => user.Key, StringComparer.Ordinal)
            .ToList();
        return new(
            new()
            {
                Id = "random",
                Summary = new(
                    events.Rows.Count,
                    events.Rows.Count(row => row.Unit is null),
                    events.Rows.Count(row => row.Unit is not null && row.Micros is null),
                    0,
                    events.Rows.Min(row => row.Micros),
                    events.Rows.Max(row => row.Micros)
                ),
                Names = new(Names, []),
                Properties = properties,
                LeftOut = [],
            },
            [
                .. Enumerable
                    .Range(0, layers)
                    .Select(layer => Part([.. users.Where((_, i) => i % layers == layer)], layer, properties)),
            ]
        );
    }

    // Every third user of a layer lies in it twice: once with half of the events, as a layer before has it, and superseded.
    private JourneyPart Part(IReadOnlyList<IGrouping<string, EventRow>> users, int layer, JourneyProperty[] properties)
    {
        var builder = new JourneyShardBuilder(properties.Length);
        var keys = new List<(string Key, bool Superseded)>();
        foreach (var (user, i) in users.Select((user, i) => (user, i)))
        {
            var rows = user.OrderBy(row => row.Micros).ToList();
            if (i % 3 == 0)
            {
                Add(user.Key, [.. rows.Take((rows.Count + 1) / 2)], superseded: true);
            }

            Add(user.Key, rows, superseded: false);
        }

        var shard = builder.Build(out var order);
        var places = shard.Blocks * JourneyShard.Lanes;
        var superseded = new byte[places / 8];
        for (var place = 0; place < order.Length; place++)
        {
            superseded[place / 8] |= (byte)(keys[order[place]].Superseded ? 1 << (place % 8) : 0);
        }

        return new(shard, Keys([.. order.Select(user => keys[user].Key)], places), layer) { Superseded = superseded };

        void Add(string key, List<EventRow> rows, bool superseded)
        {
            var user = events.Users.FirstOrDefault(known => known.Key == key);
            builder.TryAdd(
                [.. rows.Select(row => row.Micros!.Value)],
                [.. rows.Select(row => (byte)(Array.IndexOf(Names, row.Name ?? "") + 1))],
                [CodeOf(properties[0], user?.Sex), CodeOf(properties[1], user?.Joined)]
            );
            keys.Add((key, superseded));
        }
    }

    private static ushort CodeOf(JourneyProperty property, object? value) =>
        value is null ? (ushort)0 : (ushort)(property.Values.ToList().IndexOf(value) + 1);

    private static JourneyKeys Keys(IReadOnlyList<string> keys, int places)
    {
        var ends = new List<int> { 0 };
        var text = new List<byte>();
        for (var place = 0; place < places; place++)
        {
            text.AddRange(Encoding.UTF8.GetBytes(place < keys.Count ? keys[place] : ""));
            ends.Add(text.Count);
        }

        return new(ends.SelectMany(BitConverter.GetBytes).ToArray(), text.ToArray());
    }
}
