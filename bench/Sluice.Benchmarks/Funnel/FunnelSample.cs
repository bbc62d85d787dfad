using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;

namespace Sluice.Benchmarks.Funnel;

/// <summary>
/// Seeded users: each has 1 to 19 events, 10 on average, at seconds drawn evenly from 1, 7 or 30 days in a row out of 30. A
/// quarter of the events is the step that the user would take next, after the last the first again; the others are one of ten names,
/// drawn evenly, six of which are the funnel's steps. A user's segment is one of 16. No two events of a user have one time:
/// such users are the exact evaluator's, and there are some only where they are asked for.
/// </summary>
internal sealed class FunnelSample
{
    public const int Steps = 6;
    public const int Names = 10;
    public const int Segments = 16;
    public const int WindowSeconds = 7 * 86_400;

    public const int MostEvents = 19;

    /// <summary>More than the second of any event.</summary>
    public const int MostSeconds = SpanSeconds + MostEvents;
    private const int SpanSeconds = 30 * 86_400;
    public const int Second = 1_000_000;
    private const long Start = 1_420_070_400L * Second;

    private static readonly int[] Spans = [1, 7, 30];

    private readonly int _seed;
    private readonly int _tieEvery;

    /// <summary>Draws the events of all users.</summary>
    /// <param name="users">Their number.</param>
    /// <param name="seed">Decides all draws.</param>
    /// <param name="tieEvery">The first two events of each so many users have one time; 0 for none.</param>
    public FunnelSample(int users, int seed = 1, int tieEvery = 0)
    {
        (Users, _seed, _tieEvery) = (users, seed, tieEvery);
        // A shard holds what a 32-bit number of bytes addresses; this many are a round figure below it.
        var builder = new JourneyShardBuilder(properties: 1, maxEvents: 1 << 26);
        Span<byte> codes = stackalloc byte[MostEvents];
        Span<long> micros = stackalloc long[MostEvents];
        Span<int> seconds = stackalloc int[MostEvents];
        var random = new Random(seed);
        for (var user = 0; user < users; user++)
        {
            var count = Draw(random, user, seconds, codes, out var segment);
            for (var i = 0; i < count; i++)
            {
                micros[i] = MicrosOf(seconds[i]);
            }

            if (!builder.TryAdd(micros[..count], codes[..count], [segment]))
            {
                throw new InvalidOperationException("The sample is larger than a shard.");
            }
        }

        Events = builder.Events;
        Shard = builder.Build(out _);
        Input = new KernelInput(Shard) { Segments = Shard.Property(0).ToArray() };
    }

    public int Users { get; }

    public int Events { get; }

    public JourneyShard Shard { get; }

    public KernelInput Input { get; }

    public static KernelPlan Plan
    {
        get
        {
            var masks = new byte[256];
            for (var step = 0; step < Steps; step++)
            {
                masks[step + 1] = (byte)(1 << step);
            }

            return new KernelPlan(Steps, masks) { WindowMicros = (long)WindowSeconds * Second };
        }
    }

    /// <summary>The same plan with a range that leaves some entries out.</summary>
    public static KernelPlan RangedPlan =>
        new(Steps, Plan.Masks)
        {
            WindowMicros = Plan.WindowMicros,
            FromMicros = Start + (5L * 86_400 * Second),
            ToMicros = Start + (20L * 86_400 * Second),
        };

    /// <summary>The instant of a second of the sample, in microseconds since the epoch.</summary>
    public static long MicrosOf(int second) => Start + ((long)second * Second);

    /// <summary>The same events again, user after user: the number of the user, his seconds and codes.</summary>
    /// <param name="take">Takes a user's events.</param>
    public void Replay(Action<int, ReadOnlySpan<int>, ReadOnlySpan<byte>> take)
    {
        Span<byte> codes = stackalloc byte[MostEvents];
        Span<int> seconds = stackalloc int[MostEvents];
        var random = new Random(_seed);
        for (var user = 0; user < Users; user++)
        {
            var count = Draw(random, user, seconds, codes, out _);
            take(user, seconds[..count], codes[..count]);
        }
    }

    private int Draw(Random random, int user, Span<int> seconds, Span<byte> codes, out ushort segment)
    {
        var count = random.Next(1, MostEvents + 1);
        var span = Spans[random.Next(Spans.Length)] * 86_400;
        var start = random.Next(SpanSeconds - span + 1);
        var next = 1;
        for (var i = 0; i < count; i++)
        {
            seconds[i] = start + random.Next(span);
            codes[i] = (byte)(random.Next(4) == 0 ? next : random.Next(1, Names + 1));
            next = codes[i] == next ? (next % Steps) + 1 : next;
        }

        seconds[..count].Sort();
        for (var i = 1; i < count; i++)
        {
            seconds[i] = Math.Max(seconds[i], seconds[i - 1] + 1);
        }

        if (_tieEvery > 0 && user % _tieEvery == 0 && count > 1)
        {
            seconds[0] = seconds[1];
        }

        segment = (ushort)random.Next(Segments);
        return count;
    }
}
