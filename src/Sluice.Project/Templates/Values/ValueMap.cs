namespace Sluice.Project.Templates.Values;

/// <summary>A map that keeps the order in which its keys came; 1, 1.0 and true are one key, as in Python.</summary>
internal sealed class ValueMap
{
    private readonly OrderedDictionary<Key, object?> _items = [];

    public int Count => _items.Count;

    public IEnumerable<object?> Keys => _items.Keys.Select(key => key.Value);

    public IEnumerable<object?> Values => _items.Values;

    public IEnumerable<(object? Key, object? Value)> Items => _items.Select(item => (item.Key.Value, item.Value));

    public object? this[object? key]
    {
        set => _items[Key.Of(key)] = value;
    }

    public bool TryGet(object? key, out object? value) => _items.TryGetValue(Key.Of(key), out value);

    public bool Contains(object? key) => _items.ContainsKey(Key.Of(key));

    public bool Remove(object? key) => _items.Remove(Key.Of(key));

    public ValueMap Copy()
    {
        var copy = new ValueMap();
        foreach (var (key, value) in Items)
        {
            copy[key] = value;
        }

        return copy;
    }

    private readonly struct Key(object? value) : IEquatable<Key>
    {
        public object? Value { get; } = value;

        public static Key Of(object? value) =>
            value is List<object?> or ValueMap
                ? throw new TemplateException(
                    $"{PythonText.KindOf(value)} cannot be a key.",
                    "Use a text, a number or a tuple."
                )
                : new(value);

        public bool Equals(Key other) => Comparison.AreEqual(Value, other.Value);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => Comparison.HashOf(Value);
    }
}
