namespace Sluice.Core.Funnels.Kernel;

/// <summary>Bits of the vectors that the kernel works with.</summary>
public enum KernelWidth
{
    /// <summary>The widest that the machine is fast with.</summary>
    Widest,

    /// <summary>None: one user after the other.</summary>
    Scalar,

    /// <summary>128 bits: SSE4.1, Arm.</summary>
    Bits128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512,
}
