using System.Globalization;

namespace Sluice.Cli.Demo;

/// <summary>
/// How events travel from a browser to the collector: mostly at once, some late, a few twice.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class EventDelivery(SplitMix64 random)
{
    private const int LatePerThousand = 10;
    private const int RepeatedPerThousand = 3;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // A browser that was closed or offline sends what it kept when it is opened again.
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(3);

    private static readonly TimeSpan ShortestTransfer = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestTransfer = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan ShortestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(120);

    /// <summary>Draws when an event was sent and received.</summary>
    public (DateTime SentAt, DateTime ReceivedAt) Deliver(DateTime occurredAt)
    {
        var wait = random.NextChance(LatePerThousand)
            ? random.NextSpan(ShortestDelay, LongestDelay)
            : random.NextSpan(ShortestWait, LongestWait);
        var sentAt = occurredAt + wait;
        return (sentAt, sentAt + random.NextSpan(ShortestTransfer, LongestTransfer));
    }

    /// <summary>
    /// The same event received again because its first answer was lost, or null if it was not.
    /// </summary>
    public SampleEvent? Repeat(SampleEvent first) =>
        random.NextChance(RepeatedPerThousand)
            ? first with
            {
                ReceivedAt = first.ReceivedAt + random.NextSpan(ShortestRetry, LongestRetry),
            }
            : null;

    /// <summary>A message id as Segment's browser library writes it.</summary>
    public string NextMessageId(DateTime occurredAt)
    {
        var millis = (occurredAt - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        return string.Create(CultureInfo.InvariantCulture, $"ajs-next-{millis}-{random.NextUuid()}");
    }
}
