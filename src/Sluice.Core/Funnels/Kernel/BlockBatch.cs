using System.Buffers;
using System.Runtime.InteropServices;
using Sluice.Core.Journeys;

namespace Sluice.Core.Funnels.Kernel;

/// <summary>What a sweep found in some blocks that follow each other, and where it keeps what it is at. For one thread.</summary>
internal sealed class BlockBatch : IDisposable
{
    /// <summary>Most blocks of a batch.</summary>
    public const int Size = 32;

    private const int Window = 4096;

    private byte[] _masks = ArrayPool<byte>.Shared.Rent(Window);
    private byte[] _times = [];
    private int _start;
    private int _end;

    /// <summary>Per step, <see cref="Size"/> apart, and block the users that took the step, a bit for each lane.</summary>
    public ushort[] Reached { get; } = new ushort[KernelPlan.MaxSteps * Size];

    /// <summary>Per block the users whom an event sends to the exact evaluator.</summary>
    public ushort[] Aside { get; } = new ushort[Size];

    /// <summary>Times per block.</summary>
    public static int TimesOfBlock => KernelPlan.MaxSteps * JourneyShard.Lanes;

    /// <summary>Per block, step and lane the time at which the step was taken, as the shard keeps it, in its width.</summary>
    public Span<byte> Times
    {
        get
        {
            if (_times.Length == 0)
            {
                _times = new byte[Size * TimesOfBlock * sizeof(ulong)];
            }

            return _times;
        }
    }

    /// <summary>Forgets everything, for another shard.</summary>
    public void Clear() => (_start, _end) = (0, 0);

    /// <summary>The masks from a slot on, up to at least another. They are looked up ahead, into memory that stays in the nearest cache.</summary>
    public ref byte Masks(StepMasks table, ReadOnlySpan<byte> codes, int start, int end)
    {
        if (start < _start || end > _end)
        {
            if (end - start > _masks.Length)
            {
                ArrayPool<byte>.Shared.Return(_masks);
                _masks = ArrayPool<byte>.Shared.Rent(end - start);
            }

            (_start, _end) = (start, Math.Max(end, Math.Min(start + Window, codes.Length)));
            table.Translate(codes[_start.._end], _masks);
        }

        return ref MemoryMarshal.GetReference(_masks.AsSpan(start - _start));
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_masks);
}
