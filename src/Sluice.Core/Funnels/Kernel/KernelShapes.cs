namespace Sluice.Core.Funnels.Kernel;

/// <summary>The shapes: a number of steps, and the switches.</summary>
internal static class KernelShapes
{
    /// <summary>A switch of a shape.</summary>
    internal interface ISwitch
    {
        static abstract bool Value { get; }
    }

    /// <summary>A number of a shape.</summary>
    internal interface INumber
    {
        static abstract int Value { get; }
    }

    internal readonly struct On : ISwitch
    {
        public static bool Value => true;
    }

    internal readonly struct Off : ISwitch
    {
        public static bool Value => false;
    }

    internal readonly struct Two : INumber
    {
        public static int Value => 2;
    }

    internal readonly struct Three : INumber
    {
        public static int Value => 3;
    }

    internal readonly struct Four : INumber
    {
        public static int Value => 4;
    }

    internal readonly struct Five : INumber
    {
        public static int Value => 5;
    }

    internal readonly struct Six : INumber
    {
        public static int Value => 6;
    }

    internal readonly struct Seven : INumber
    {
        public static int Value => 7;
    }

    internal readonly struct Eight : INumber
    {
        public static int Value => 8;
    }

    internal readonly struct Shape<TSteps, TSingle, TRanged, TRare> : IKernelShape
        where TSteps : struct, INumber
        where TSingle : struct, ISwitch
        where TRanged : struct, ISwitch
        where TRare : struct, ISwitch
    {
        public static int Steps => TSteps.Value;

        public static bool Single => TSingle.Value;

        public static bool Ranged => TRanged.Value;

        public static bool Rare => TRare.Value;
    }
}
