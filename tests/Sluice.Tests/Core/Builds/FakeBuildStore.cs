using Sluice.Core.Builds;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Tests.Core.Builds;

/// <summary>Builds in memory; the first that was added has the number 1.</summary>
internal sealed class FakeBuildStore : IBuildStore
{
    private readonly Dictionary<long, Build> _builds = [];

    public FakeBuildStore Add(int dayOfMay, bool promoted = true, string? index = null)
    {
        var number = _builds.Count + 1;
        _builds[number] = new()
        {
            Number = number,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Interval = DataInterval.OfDay(new(2015, 5, dayOfMay), TimeZoneInfo.Utc),
            Promoted = promoted,
            Models = new Dictionary<string, ModelRecord>(),
            Tables = new Dictionary<TableId, TableVersion>(),
            Journeys = index is null
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { ["visits"] = index },
        };
        return this;
    }

    public IReadOnlyList<long> ListNewestFirst() => [.. _builds.Keys.OrderDescending()];

    public Task<Build> ReadAsync(long number, CancellationToken cancellationToken = default) =>
        Task.FromResult(_builds[number]);

    public Task<Build?> PublishAsync(
        Func<long, CancellationToken, Task<Build?>> draft,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException("A catalog only reads.");
}
