namespace Sluice.Core.Funnels.Questions;

/// <summary>The values of some properties, compared one by one.</summary>
/// <param name="items">Text, a number, a truth value, a date, an instant or null, each.</param>
internal sealed class PropertyValues(IReadOnlyList<object?> items) : IEquatable<PropertyValues>
{
    public static PropertyValues None { get; } = new([]);

    public IReadOnlyList<object?> Items { get; } = items;

    public bool Equals(PropertyValues? other) => other is not null && Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => Equals(obj as PropertyValues);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }
}
