using System.Globalization;

namespace Sluice.Core.Funnels.Answers;

/// <summary>The canonical order of segments: value by value, numbers and dates by size, texts by code point, null last.</summary>
internal sealed class SegmentOrder : IComparer<IReadOnlyList<object?>>, IEqualityComparer<IReadOnlyList<object?>>
{
    private const int NumberRank = 1;

    public static SegmentOrder Instance { get; } = new();

    public int Compare(IReadOnlyList<object?>? x, IReadOnlyList<object?>? y)
    {
        for (var i = 0; i < Math.Min(x!.Count, y!.Count); i++)
        {
            var order = Compare(x[i], y[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return x.Count.CompareTo(y.Count);
    }

    public bool Equals(IReadOnlyList<object?>? x, IReadOnlyList<object?>? y) => x!.SequenceEqual(y!);

    public int GetHashCode(IReadOnlyList<object?> obj)
    {
        var hash = default(HashCode);
        foreach (var value in obj)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The order of two values: truth, numbers, dates, instants, texts, null.</summary>
    public static int Compare(object? x, object? y) =>
        (x, y) switch
        {
            (long a, long b) => a.CompareTo(b),
            (string a, string b) => CodePointOrder.Compare(a, b),
            _ when RankOf(x) != RankOf(y) => RankOf(x).CompareTo(RankOf(y)),
            (null, _) => 0,
            _ when RankOf(x) == NumberRank => CompareNumbers(x, y!),
            (IComparable a, _) when a.GetType() == y!.GetType() => a.CompareTo(y),
            _ => CodePointOrder.Compare(x.ToString()!, y!.ToString()!),
        };

    private static int RankOf(object? value) =>
        value switch
        {
            bool => 0,
            long or double or decimal => NumberRank,
            DateOnly => 2,
            DateTimeOffset => 3,
            string => 4,
            null => 6,
            _ => 5,
        };

    // Whole numbers beyond 2⁵³ and the doubles beside them: first by size, then so that no two differ and count as equal.
    private static int CompareNumbers(object x, object y)
    {
        var order = Convert
            .ToDouble(x, CultureInfo.InvariantCulture)
            .CompareTo(Convert.ToDouble(y, CultureInfo.InvariantCulture));
        return order != 0 ? order
            : x.GetType() == y.GetType() ? ((IComparable)x).CompareTo(y)
            : string.CompareOrdinal(x.GetType().Name, y.GetType().Name);
    }
}
