namespace Sluice.Project.Templates.Values;

/// <summary>A tuple: a list that cannot change and prints with round brackets.</summary>
internal sealed class FixedList(IReadOnlyList<object?> items)
{
    public IReadOnlyList<object?> Items { get; } = items;
}
