using System.Runtime.CompilerServices;

namespace Sluice.Core.Funnels.Indexed;

/// <summary>The codes of a segment's values, in the order of the breakdowns; a few fit, see <see cref="Most"/>.</summary>
internal record struct SegmentCode
{
    /// <summary>The most codes.</summary>
    public const int Most = 4;

    private Codes _codes;
    private int _count;

    /// <summary>The code of a breakdown.</summary>
    public readonly int this[int by] => _codes[by];

    /// <summary>The same with one code more.</summary>
    public readonly SegmentCode With(int code)
    {
        var longer = this;
        longer._codes[longer._count++] = code;
        return longer;
    }

    public readonly bool Equals(SegmentCode other) =>
        ((ReadOnlySpan<int>)_codes).SequenceEqual(other._codes) && _count == other._count;

    public override readonly int GetHashCode() => HashCode.Combine(_codes[0], _codes[1], _codes[2], _codes[3]);

    [InlineArray(Most)]
    private struct Codes
    {
        private int _first;
    }
}
