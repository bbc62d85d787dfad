using System.Globalization;

namespace Sluice.Core.Models.Testing;

/// <summary>A condition on a number of failures, as dbt writes it: <c>!= 0</c>, <c>&gt; 10</c>.</summary>
/// <param name="Comparison">One of =, !=, &lt;&gt;, &lt;, &lt;=, &gt;, &gt;=.</param>
/// <param name="Count">What the number is compared with.</param>
public readonly record struct TestThreshold(string Comparison, long Count)
{
    private static readonly string[] Comparisons = ["!=", "<>", "<=", ">=", "=", "<", ">"];

    /// <summary>Any failure at all: dbt's default.</summary>
    public static TestThreshold Any { get; } = new("!=", 0);

    /// <summary>Reads a condition; null where it is none.</summary>
    public static TestThreshold? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var comparison = Array.Find(Comparisons, known => trimmed.StartsWith(known, StringComparison.Ordinal));
        return
            comparison is not null
            && long.TryParse(
                trimmed[comparison.Length..],
                NumberStyles.Integer,
                CultureInfo.InvariantCulture,
                out var count
            )
            ? new(comparison, count)
            : null;
    }

    /// <summary>Whether the number of failures meets it.</summary>
    public bool IsMetBy(long failures) =>
        Comparison switch
        {
            "=" => failures == Count,
            "<" => failures < Count,
            "<=" => failures <= Count,
            ">" => failures > Count,
            ">=" => failures >= Count,
            _ => failures != Count,
        };

    /// <summary>As it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Comparison} {Count}");
}
