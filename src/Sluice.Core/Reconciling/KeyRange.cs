using Sluice.Core.Extraction;

namespace Sluice.Core.Reconciling;

/// <summary>A range of a key of integers, and what the source has in it.</summary>
/// <param name="Low">The least key.</param>
/// <param name="High">The greatest key; it belongs to the range.</param>
/// <param name="Digest">The rows of the source.</param>
internal readonly record struct KeyRange(long Low, long High, RangeDigest Digest)
{
    /// <summary>Joins ranges that follow each other, ascending.</summary>
    public static IReadOnlyList<KeyRange> Join(IEnumerable<KeyRange> ranges)
    {
        var joined = new List<KeyRange>();
        foreach (var range in ranges)
        {
            if (joined is [.., var last] && last.High != long.MaxValue && last.High + 1 == range.Low)
            {
                joined[^1] = range with { Low = last.Low };
            }
            else
            {
                joined.Add(range);
            }
        }

        return joined;
    }
}
