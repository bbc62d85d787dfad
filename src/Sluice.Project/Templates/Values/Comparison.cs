using System.Runtime.CompilerServices;

namespace Sluice.Project.Templates.Values;

/// <summary>Truth, equality and order of values, as in Python.</summary>
internal static class Comparison
{
    public static bool IsTrue(object? value) =>
        value switch
        {
            null => false,
            bool flag => flag,
            long number => number != 0,
            double number => number != 0,
            string text => text.Length > 0,
            List<object?> list => list.Count > 0,
            FixedList tuple => tuple.Items.Count > 0,
            ValueMap map => map.Count > 0,
            Undefined undefined => throw undefined.ToException(),
            _ => true,
        };

    public static bool AreEqual(object? left, object? right)
    {
        CheckDepth();
        return (left, right) switch
        {
            (Undefined undefined, _) => throw undefined.ToException(),
            (_, Undefined undefined) => throw undefined.ToException(),
            (string a, string b) => a == b,
            (List<object?> a, List<object?> b) => a.Count == b.Count
                && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
            (FixedList a, FixedList b) => a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(pair => AreEqual(pair.First, pair.Second)),
            (ValueMap a, ValueMap b) => a.Count == b.Count
                && a.Items.All(item => b.TryGet(item.Key, out var other) && AreEqual(item.Value, other)),
            _ when Arithmetic.IsNumber(left) && Arithmetic.IsNumber(right) => Arithmetic.Compare(left, right) == 0,
            _ => Equals(left, right),
        };
    }

    public static int HashOf(object? value) =>
        value switch
        {
            FixedList tuple => tuple.Items.Aggregate(17, (hash, item) => (hash * 31) + HashOf(item)),
            _ when Arithmetic.IsNumber(value) => Arithmetic.ToDouble(value).GetHashCode(),
            null => 0,
            _ => value.GetHashCode(),
        };

    /// <summary>Below zero where <paramref name="left"/> comes first.</summary>
    /// <exception cref="TemplateException">The values have no order among each other.</exception>
    public static int Order(object? left, object? right) =>
        (left, right) switch
        {
            (string a, string b) => string.CompareOrdinal(a, b),
            (List<object?> a, List<object?> b) => OrderItems(a, b),
            (FixedList a, FixedList b) => OrderItems(a.Items, b.Items),
            (Undefined undefined, _) => throw undefined.ToException(),
            (_, Undefined undefined) => throw undefined.ToException(),
            _ when Arithmetic.IsNumber(left) && Arithmetic.IsNumber(right) => Arithmetic.Compare(left, right),
            _ => throw new TemplateException(
                $"{PythonText.KindOf(left)} and {PythonText.KindOf(right)} have no order: {PythonText.Repr(left)} and {PythonText.Repr(right)}."
            ),
        };

    /// <summary>Whether a value is in a list, a key in a map, a part in a text.</summary>
    public static bool Contains(object? container, object? value) =>
        (container, value) switch
        {
            (Undefined undefined, _) => throw undefined.ToException(),
            (_, Undefined undefined) => throw undefined.ToException(),
            (string text, string part) => text.Contains(part, StringComparison.Ordinal),
            (string, _) => throw new TemplateException($"'in' a text wants a text, not {PythonText.KindOf(value)}."),
            (ValueMap map, _) => map.Contains(value),
            (List<object?> list, _) => list.Exists(item => AreEqual(item, value)),
            (FixedList tuple, _) => tuple.Items.Any(item => AreEqual(item, value)),
            _ => throw new TemplateException(
                $"'in' wants a list, a map or a text, not {PythonText.KindOf(container)}."
            ),
        };

    /// <summary>Ends what nests too deep, before the stack does.</summary>
    public static void CheckDepth()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new TemplateException(
                "this is nested too deeply.",
                "Use fewer parentheses, lists in lists or macros in macros."
            );
        }
    }

    private static int OrderItems(IReadOnlyList<object?> left, IReadOnlyList<object?> right)
    {
        CheckDepth();
        for (var i = 0; i < Math.Min(left.Count, right.Count); i++)
        {
            if (!AreEqual(left[i], right[i]))
            {
                return Order(left[i], right[i]);
            }
        }

        return left.Count.CompareTo(right.Count);
    }
}
