namespace Sluice.Core.Funnels;

/// <summary>The canonical order of segments: value by value, numbers and dates by size, texts ordinally, null last.</summary>
internal sealed class SegmentOrder : IComparer<IReadOnlyList<object?>>, IEqualityComparer<IReadOnlyList<object?>>
{
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

    private static int Compare(object? x, object? y) =>
        (x, y) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string a, string b) => string.CompareOrdinal(a, b),
            (IComparable a, _) when a.GetType() == y.GetType() => a.CompareTo(y),
            _ => string.CompareOrdinal(x.ToString(), y.ToString()),
        };
}
