using System.Globalization;
using System.Runtime.InteropServices;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Journeys.Indexes;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>Counts a funnel over an index: by vector lanes where the funnel allows it, else user by user, on all processors.</summary>
/// <param name="plan">The funnel; it fits the index.</param>
/// <param name="index">The index.</param>
/// <param name="watermarkMicros">The instant up to which events are complete; null where none is known.</param>
internal sealed class IndexAnswer(FunnelPlan plan, JourneyIndex index, long? watermarkMicros)
{
    private const int UsersAtATime = 4_096;
    private const string Lanes = "vector lanes";
    private const string Nothing = "The index holds all that the funnel asks for, and the lanes can judge it.";

    private readonly IndexKinds _kinds = new(plan.Funnel, index.Contents.Names);

    /// <summary>The steps and exclusions that some event is named for.</summary>
    public IReadOnlyList<int> Named => _kinds.Named(plan.Funnel.Steps.Count);

    /// <summary>Counts everything that is asked.</summary>
    /// <param name="newCounting">Makes the counters of a thread.</param>
    /// <param name="isPlain">Whether nothing but the funnel and the range before is asked.</param>
    /// <param name="before">The range before; null where it is not asked for.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public (FunnelCounting Counting, FunnelPath Path) Count(
        Func<FunnelCounting> newCounting,
        bool isPlain,
        FunnelPlan? before,
        CancellationToken cancellationToken
    )
    {
        var obstacles = isPlain
            ? [.. Obstacles()]
            : new List<string> { "Units are listed, or counted once per period." };
        var counting = newCounting();
        if (obstacles.Count > 0)
        {
            CountOneByOne(counting, newCounting, cancellationToken);
            return (counting, PathOf("exact evaluator", obstacles));
        }

        var exact = CountInLanes(plan, counting.Whole, cancellationToken);
        if (before is not null)
        {
            CountInLanes(before, counting.Before!, cancellationToken);
        }

        return (counting, PathOf(Lanes, exact == 0 ? [Nothing] : [Nothing, ExactNote(exact)]));
    }

    private static string ExactNote(long exact) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{exact} users have equal instants or an excluded event, and went to the exact evaluator."
        );

    private FunnelPath PathOf(string evaluator, IReadOnlyList<string> reasons) =>
        new($"journeys index {index.Contents.Id}", evaluator, reasons);

    // What the lanes cannot judge.
    private IEnumerable<string> Obstacles()
    {
        var most = plan.Funnel.Exclude.Count > 0 ? KernelPlan.MaxSteps - 1 : KernelPlan.MaxSteps;
        if (plan.Funnel.Semantics != FunnelSemantics.Sluice)
        {
            yield return "The semantics are ClickHouse's.";
        }

        if (plan.Funnel.Order != FunnelOrder.Ordered)
        {
            yield return $"The order is {plan.Funnel.Order.ToString().ToLowerInvariant()}.";
        }

        if (plan.Funnel.Entry == FunnelEntry.Every)
        {
            yield return "Every attempt is counted.";
        }

        if (plan.Funnel.Steps.Any(step => step.Optional))
        {
            yield return "There are optional steps.";
        }

        if (plan.Funnel.Steps.Count > most)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"There are more than {most} steps.");
        }

        if (plan.By.Count > SegmentCode.Most)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"There are more than {SegmentCode.Most} breakdowns."
            );
        }
    }

    private long CountInLanes(FunnelPlan of, FunnelCount count, CancellationToken cancellationToken)
    {
        var inputs = index
            .Parts.Select(part => new KernelInput(part.Shard) { Superseded = SupersededOf(part) })
            .ToList();
        var kernel = new KernelPlan(
            of.Rules.Steps,
            _kinds.Masks(of.Rules.Exclusions.Count > 0 ? KernelPlan.Aside : (byte)0)
        )
        {
            WindowMicros = of.Rules.WindowMicros,
            FromMicros = of.Rules.FromMicros,
            ToMicros = of.Rules.ToMicros,
            LateSteps = of.Rules.LateSteps,
            FirstEntryOnly = of.Rules.Entry == FunnelEntry.First,
        };
        using var exact = new ExactUnits(of.Rules, _kinds);
        var visitors = new List<LaneCount>();
        var excluded = OrderedKernel.Visit(
            inputs,
            kernel,
            _ =>
            {
                var visitor = new LaneCount(of, index, watermarkMicros);
                lock (visitors)
                {
                    visitors.Add(visitor);
                }

                return visitor;
            },
            exact,
            cancellationToken: cancellationToken
        );
        visitors.ForEach(visitor => visitor.AddTo(count));
        count.AddExcluded(excluded);
        return exact.Judged;
    }

    private static ReadOnlyMemory<ushort> SupersededOf(JourneyPart part) =>
        part.Superseded.IsEmpty ? default : MemoryMarshal.Cast<byte, ushort>(part.Superseded.Span).ToArray();

    private void CountOneByOne(
        FunnelCounting counting,
        Func<FunnelCounting> newCounting,
        CancellationToken cancellationToken
    )
    {
        var ranges = index
            .Parts.SelectMany(part =>
                Enumerable
                    .Range(0, (part.Shard.Users + UsersAtATime - 1) / UsersAtATime)
                    .Select(range => (Part: part, First: range * UsersAtATime))
            )
            .ToList();
        Parallel.ForEach(
            ranges,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            () => (Counting: newCounting(), Units: new IndexUnits(plan, index, _kinds)),
            (range, _, own) =>
            {
                for (
                    var place = range.First;
                    place < Math.Min(range.First + UsersAtATime, range.Part.Shard.Users);
                    place++
                )
                {
                    if (own.Units.Read(range.Part, place) is { } unit)
                    {
                        own.Counting.Add(unit, cancellationToken);
                    }
                }

                return own;
            },
            own =>
            {
                lock (counting)
                {
                    counting.Merge(own.Counting);
                }
            }
        );
    }
}
