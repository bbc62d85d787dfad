using CsCheck;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Funnels.Kernel;
using Sluice.Core.Journeys;

namespace Sluice.Tests.Core.Funnels.Kernel;

/// <summary>Some users and a funnel, at random.</summary>
/// <param name="Users">Their events.</param>
/// <param name="Segments">The segment of each, 0 to 2.</param>
/// <param name="Funnel">The funnel; its steps match codes by their names.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="FirstEntryOnly">Whether the first entry alone counts.</param>
/// <param name="Aside">The code that sends a user aside; 0 for none.</param>
/// <param name="Unit">Microseconds between the ticks of the events' times.</param>
internal sealed record KernelCase(
    (long Tick, byte Code)[][] Users,
    int[] Segments,
    FunnelDefinition Funnel,
    FunnelRules Rules,
    bool FirstEntryOnly,
    byte Aside,
    long Unit
)
{
    public const int SegmentCount = 3;

    // Most codes are low, as in an index; some are in other halves of the tables, or beyond what signed bytes hold.
    private static readonly Gen<byte> Code = Gen.Frequency((9, Gen.Byte[1, 5]), (1, Gen.OneOf<byte>(17, 200, 255)));

    private static readonly Gen<(long, byte)[]> User = Gen.Select(Gen.Bool, Gen.Int[1, 25], Gen.Int[0, 14])
        .SelectMany(
            (ties, spread, length) =>
                Gen.Select(Gen.Long[0, spread].Array[length], Code.Array[length])
                    .Select(
                        (ticks, codes) =>
                        {
                            Array.Sort(ticks);
                            return codes.Select((code, i) => (ticks[i] + (ties ? 0 : i), code)).ToArray();
                        }
                    )
        );

    private static readonly Gen<FunnelStep> Step = Code.Array[1, 3]
        .Select(codes => new FunnelStep(new([.. codes.Select(ReferenceEvaluator.NameOf)]), "step"));

    private static readonly Gen<FunnelStep> AnyStep = Gen.Frequency(
        (12, Step),
        (1, Gen.Const(new FunnelStep(new(["*"]), "any"))),
        (1, Gen.Const(new FunnelStep(new(["00*"]), "low")))
    );

    public static readonly Gen<KernelCase> Cases = Gen.Select(
        User.Array[0, 40],
        Gen.Select(
            AnyStep.List[2, KernelPlan.MaxSteps],
            Gen.Long[-1, 30],
            Gen.Long[-12, 12],
            Gen.Long[5, 60],
            Gen.Bool,
            (steps, window, from, to, late) => (steps, window, from, to, late)
        ),
        Gen.Bool,
        Gen.Byte[0, 5],
        Gen.OneOf(1L, 1_000L, 1_000_000L, 80_000_001L, 4_000_000_001L),
        Gen.Int,
        (users, rules, first, aside, unit, seed) =>
        {
            var random = new Random(seed);
            var funnel = new FunnelDefinition { Name = "random", Steps = rules.steps };
            var firstOnly = first && random.Next(2) == 0;
            var range = FunnelRules.Of(funnel, TimeZoneInfo.Utc) with
            {
                WindowMicros = rules.window < 0 ? null : (rules.window * unit) + random.Next(2),
                FromMicros = rules.from <= 0 ? long.MinValue : (rules.from * unit) - random.Next(2),
                ToMicros = rules.to > 40 ? long.MaxValue : (rules.to * unit) + random.Next(2),
                LateSteps = rules.late,
                Entry = firstOnly ? FunnelEntry.First : FunnelEntry.Latest,
            };
            var segments = users.Select(_ => random.Next(SegmentCount)).ToArray();
            return new KernelCase(
                users,
                segments,
                funnel,
                range,
                firstOnly,
                rules.steps.Count < KernelPlan.MaxSteps && random.Next(3) == 0 ? aside : (byte)0,
                unit
            );
        }
    );

    public KernelPlan Plan
    {
        get
        {
            var masks = new byte[256];
            for (var code = 1; code < 256; code++)
            {
                for (var step = 0; step < Rules.Steps; step++)
                {
                    var takes = Funnel.Steps[step].Events.MatchesName(ReferenceEvaluator.NameOf((byte)code));
                    masks[code] |= (byte)(takes ? 1 << step : 0);
                }

                masks[code] |= code == Aside ? KernelPlan.Aside : (byte)0;
            }

            return new KernelPlan(Rules.Steps, masks)
            {
                WindowMicros = Rules.WindowMicros,
                FromMicros = Rules.FromMicros,
                ToMicros = Rules.ToMicros,
                LateSteps = Rules.LateSteps,
                FirstEntryOnly = FirstEntryOnly,
            };
        }
    }

    public ReferenceEvaluator Reference => new(Funnel, Rules);

    /// <summary>A shard of the users, each with his segment, and his number among them per place.</summary>
    public KernelInput Input(out int[] order)
    {
        var builder = new JourneyShardBuilder();
        foreach (var user in Users)
        {
            builder.TryAdd(Array.ConvertAll(user, item => item.Tick * Unit), Array.ConvertAll(user, item => item.Code));
        }

        var shard = builder.Build(out order);
        var segments = new ushort[shard.Blocks * JourneyShard.Lanes];
        for (var place = 0; place < order.Length; place++)
        {
            segments[place] = (ushort)Segments[order[place]];
        }

        return new KernelInput(shard) { Segments = segments };
    }

    /// <summary>What the reference evaluator says of each user.</summary>
    public IReadOnlyList<long>[] Expected() =>
        Array.ConvertAll(
            Users,
            user => Reference.Evaluate([.. user.Select(item => Reference.EventOf(item.Code, item.Tick * Unit))])
        );

    public override string ToString() =>
        $"{string.Join(" | ", Users.Select(user => string.Join(' ', user.Select(item => $"{item.Code}@{item.Tick}"))))}; "
        + $"steps {string.Join(' ', Funnel.Steps.Select(step => string.Join('+', step.Events.Names)))}; {Rules}; "
        + $"first {FirstEntryOnly}, aside {Aside}, unit {Unit}";
}
