using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>What can be gone through, and parts of it.</summary>
internal static class Sequence
{
    /// <summary>The items of a list or tuple, the keys of a map, the characters of a text.</summary>
    public static IReadOnlyList<object?> Of(object? value) =>
        value switch
        {
            List<object?> list => list,
            FixedList tuple => tuple.Items,
            ValueMap map => [.. map.Keys],
            string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
            Undefined undefined => throw undefined.ToException(),
            _ => throw new TemplateException(
                $"one cannot go through {PythonText.KindOf(value)}.",
                value is Function function
                    ? $"Its parentheses are missing: {function.Name}()."
                    : "It takes a list, a tuple, a map or a text."
            ),
        };

    /// <summary>The item under a place or key; undefined where there is none.</summary>
    public static object? Item(object? target, object? key)
    {
        switch (target, key)
        {
            case (Undefined undefined, _):
                throw undefined.ToException();
            case (_, Undefined undefined):
                throw undefined.ToException();
            case (ValueMap map, _):
                return map.TryGet(key, out var value) ? value : Methods.NoKey(map, key);
            case (List<object?> or FixedList or string, long or bool):
                var items = Of(target);
                var at = Arithmetic.ToWhole(key);
                at += at < 0 ? items.Count : 0;
                return at >= 0 && at < items.Count
                    ? items[(int)at]
                    : new Undefined(
                        FormattableString.Invariant(
                            $"{PythonText.KindOf(target)} of {items.Count} has no item {Arithmetic.ToWhole(key)}."
                        )
                    );
            case (ITemplateObject or Namespace, string name):
                return Methods.Attribute(target, name);
            default:
                return new Undefined($"{PythonText.KindOf(target)} has no item {PythonText.Repr(key)}.");
        }
    }

    public static object? Slice(object? target, object? start, object? stop, object? step)
    {
        var items = Of(target is ValueMap ? null : target);
        var stride = Bound(step) ?? 1;
        if (stride == 0)
        {
            throw new TemplateException("the step of a slice cannot be 0.");
        }

        var (low, high) = stride > 0 ? (0L, (long)items.Count) : (-1L, items.Count - 1L);
        var first = Clamp(Bound(start), stride > 0 ? low : high);
        var last = Clamp(Bound(stop), stride > 0 ? high : low);
        var picked = new List<object?>();
        for (var at = first; stride > 0 ? at < last : at > last; at += stride)
        {
            picked.Add(items[(int)at]);
        }

        return target switch
        {
            string => string.Concat(picked),
            FixedList => new FixedList(picked),
            _ => picked,
        };

        long Clamp(long? bound, long fallback) =>
            bound is not { } given ? fallback : Math.Clamp(given < 0 ? given + items.Count : given, low, high);
    }

    private static long? Bound(object? value) =>
        value switch
        {
            null => null,
            // A stride beyond any list is as good as one that leaves it, and does not overflow.
            long number => Math.Clamp(number, -int.MaxValue, int.MaxValue),
            bool flag => flag ? 1 : 0,
            Undefined undefined => throw undefined.ToException(),
            _ => throw new TemplateException(
                $"the bounds of a slice are whole numbers, not {PythonText.KindOf(value)}."
            ),
        };
}
