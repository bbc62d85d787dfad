using System.Runtime.Intrinsics;
using static Sluice.Core.Funnels.Kernel.KernelShapes;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>Chooses the compiled form of the kernel that fits the machine, the shard and the funnel.</summary>
internal static class SweepChoice
{
    /// <summary>The sweep that counts.</summary>
    public static BlockSweep Counting(ShardWork work, KernelWidth width) => Of(work, width, wantTimes: false);

    /// <summary>The sweep that says when each step was taken, too.</summary>
    public static BlockSweep Timing(ShardWork work, KernelWidth width) =>
        Of(work, work.Bounds.DeadlinesFit(work.Shard.Clock) ? width : KernelWidth.Scalar, wantTimes: true);

    private static BlockSweep Of(ShardWork work, KernelWidth width, bool wantTimes)
    {
        var clock = work.Shard.Clock;
        return (width == KernelWidth.Widest ? Widest : width, clock.IsWide) switch
        {
            (KernelWidth.Bits512, false) => Of<Lanes512<uint>>(work, wantTimes),
            (KernelWidth.Bits512, true) => Of<Lanes512<ulong>>(work, wantTimes),
            (KernelWidth.Bits256, false) => Of<Lanes256<int>>(work, wantTimes),
            (KernelWidth.Bits256, true) => Of<Lanes256<long>>(work, wantTimes),
            (KernelWidth.Bits128, false) => Of<Lanes128<int>>(work, wantTimes),
            (KernelWidth.Bits128, true) => Of<Lanes128<long>>(work, wantTimes),
            (_, false) => new ScalarSweep<uint>(wantTimes),
            (_, true) => new ScalarSweep<ulong>(wantTimes),
        };
    }

    /// <summary>The widest vectors that the machine is fast with.</summary>
    public static KernelWidth Widest =>
        Vector512.IsHardwareAccelerated ? KernelWidth.Bits512
        : Vector256.IsHardwareAccelerated ? KernelWidth.Bits256
        : Vector128.IsHardwareAccelerated ? KernelWidth.Bits128
        : KernelWidth.Scalar;

    private static BlockSweep Of<TLanes>(ShardWork work, bool wantTimes)
        where TLanes : struct, ILanes<TLanes> =>
        work.Plan.Steps switch
        {
            2 => Of<TLanes, Two>(work, wantTimes),
            3 => Of<TLanes, Three>(work, wantTimes),
            4 => Of<TLanes, Four>(work, wantTimes),
            5 => Of<TLanes, Five>(work, wantTimes),
            6 => Of<TLanes, Six>(work, wantTimes),
            7 => Of<TLanes, Seven>(work, wantTimes),
            _ => Of<TLanes, Eight>(work, wantTimes),
        };

    private static BlockSweep Of<TLanes, TSteps>(ShardWork work, bool wantTimes)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, INumber =>
        work.Plan.IsSingle ? Of<TLanes, TSteps, On>(work, wantTimes) : Of<TLanes, TSteps, Off>(work, wantTimes);

    private static BlockSweep Of<TLanes, TSteps, TSingle>(ShardWork work, bool wantTimes)
        where TLanes : struct, ILanes<TLanes>
        where TSteps : struct, INumber
        where TSingle : struct, ISwitch =>
        (work.Bounds.IsRanged(work.Shard.Clock), work.Plan.HasAside || work.Plan.FirstEntryOnly) switch
        {
            (false, false) => Of<TLanes, Shape<TSteps, TSingle, Off, Off>>(wantTimes),
            (true, false) => Of<TLanes, Shape<TSteps, TSingle, On, Off>>(wantTimes),
            (false, true) => Of<TLanes, Shape<TSteps, TSingle, Off, On>>(wantTimes),
            (true, true) => Of<TLanes, Shape<TSteps, TSingle, On, On>>(wantTimes),
        };

    private static BlockSweep Of<TLanes, TShape>(bool wantTimes)
        where TLanes : struct, ILanes<TLanes>
        where TShape : struct, IKernelShape =>
        wantTimes ? new TimesSweep<TLanes, TShape>() : new VectorSweep<TLanes, TShape>();
}
