using System.Globalization;
using System.Runtime.ExceptionServices;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation.Filters;

/// <summary>Filters of lists, tuples, maps (their keys) and texts (their characters). They make lists, where Jinja makes iterators.</summary>
internal static class ListFilters
{
    public static IReadOnlyDictionary<string, Func<object?, Arguments, object?>> All { get; } =
        new Dictionary<string, Func<object?, Arguments, object?>>(StringComparer.Ordinal)
        {
            ["join"] = (value, arguments) => Join(Sequence.Of(value), arguments.Bind("join", 0, "d", "attribute")),
            ["first"] = (value, arguments) => End("first", Sequence.Of(value), arguments, 0),
            ["last"] = (value, arguments) => End("last", Sequence.Of(value), arguments, -1),
            ["list"] = (value, arguments) => arguments.Bind("list", 0) is null ? null : Sequence.Of(value).ToList(),
            ["reverse"] = Reverse,
            ["sort"] = Sort,
            ["unique"] = Unique,
            ["min"] = (value, arguments) => Extreme("min", Sequence.Of(value), arguments, -1),
            ["max"] = (value, arguments) => Extreme("max", Sequence.Of(value), arguments, 1),
            ["sum"] = Sum,
            ["map"] = Map,
            ["select"] = (value, arguments) => Select(Sequence.Of(value), arguments, wanted: true),
            ["reject"] = (value, arguments) => Select(Sequence.Of(value), arguments, wanted: false),
            ["selectattr"] = (value, arguments) =>
                SelectAttribute("selectattr", Sequence.Of(value), arguments, wanted: true),
            ["rejectattr"] = (value, arguments) =>
                SelectAttribute("rejectattr", Sequence.Of(value), arguments, wanted: false),
            ["batch"] = Batch,
            ["groupby"] = GroupBy,
            ["items"] = (value, arguments) =>
                arguments.Bind("items", 0) is null ? null : MapMethods.Pairs(MapOf("items", value)),
            ["dictsort"] = DictSort,
        };

    /// <summary>Sorts stably by a key.</summary>
    public static List<object?> Sorted(IReadOnlyList<object?> items, Func<object?, object?> key, bool descending)
    {
        var order = Comparer<object?>.Create(Comparison.Order);
        try
        {
            // Of equal ones the first stays first, in both directions, as in Python.
            return descending ? [.. items.OrderByDescending(key, order)] : [.. items.OrderBy(key, order)];
        }
        catch (InvalidOperationException wrapped) when (wrapped.InnerException is TemplateException own)
        {
            ExceptionDispatchInfo.Throw(own);
            throw;
        }
    }

    private static Func<object?, object?> KeyOf(BoundArguments bound, bool caseSensitive)
    {
        var attribute = bound.Get("attribute");
        return item =>
            (attribute is null ? item : AttributeOf(item, attribute)) is var value
            && !caseSensitive
            && value is string text
                ? text.ToLowerInvariant()
                : value;
    }

    // "user.name" goes two steps down, and a part of digits is a place in a list.
    private static object? AttributeOf(object? item, object? attribute)
    {
        if (attribute is not string path)
        {
            return Sequence.Item(item, attribute);
        }

        foreach (var part in path.Split('.'))
        {
            item =
                long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                    ? Sequence.Item(item, place)
                : item is ValueMap map ? (map.TryGet(part, out var value) ? value : Methods.NoKey(map, part))
                : Methods.Attribute(item, part);
        }

        return item;
    }

    private static string Join(IReadOnlyList<object?> items, BoundArguments bound)
    {
        var separator = PythonText.Of(bound.Get("d", ""));
        var attribute = bound.Get("attribute");
        var parts = items
            .Select(item => PythonText.Of(attribute is null ? item : AttributeOf(item, attribute)))
            .ToList();
        Limits.CheckText(parts.Sum(part => (long)part.Length + separator.Length));
        return string.Join(separator, parts);
    }

    private static object? End(string name, IReadOnlyList<object?> items, Arguments arguments, int place)
    {
        arguments.Bind(name, 0);
        return items.Count == 0
            ? new Undefined($"the list is empty: it has no {name} item.")
            : items[place < 0 ? ^1 : 0];
    }

    private static object? Reverse(object? value, Arguments arguments)
    {
        arguments.Bind("reverse", 0);
        var reversed = Sequence.Of(value).Reverse().ToList();
        return value is string ? string.Concat(reversed) : reversed;
    }

    private static List<object?> Sort(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("sort", 0, "reverse", "case_sensitive", "attribute");
        var caseSensitive = bound.Flag("case_sensitive");
        if (bound.Get("attribute") is string several && several.Contains(',', StringComparison.Ordinal))
        {
            var attributes = several.Split(',');
            return Sorted(
                Sequence.Of(value),
                item => new FixedList([.. attributes.Select(one => Folded(AttributeOf(item, one), caseSensitive))]),
                bound.Flag("reverse")
            );
        }

        return Sorted(Sequence.Of(value), KeyOf(bound, caseSensitive), bound.Flag("reverse"));
    }

    private static object? Folded(object? value, bool caseSensitive) =>
        !caseSensitive && value is string text ? text.ToLowerInvariant() : value;

    private static List<object?> Unique(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("unique", 0, "case_sensitive", "attribute");
        var key = KeyOf(bound, bound.Flag("case_sensitive"));
        var seen = new ValueMap();
        var kept = new List<object?>();
        foreach (var item in Sequence.Of(value))
        {
            if (!seen.Contains(key(item)))
            {
                seen[key(item)] = true;
                kept.Add(item);
            }
        }

        return kept;
    }

    private static object? Extreme(string name, IReadOnlyList<object?> items, Arguments arguments, int direction)
    {
        var bound = arguments.Bind(name, 0, "case_sensitive", "attribute");
        var key = KeyOf(bound, bound.Flag("case_sensitive"));
        if (items.Count == 0)
        {
            return new Undefined($"the list is empty: it has no {name}.");
        }

        var best = items[0];
        foreach (var item in items.Skip(1))
        {
            best = Comparison.Order(key(item), key(best)) * direction > 0 ? item : best;
        }

        return best;
    }

    private static object? Sum(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("sum", 0, "attribute", "start");
        var attribute = bound.Get("attribute");
        return Sequence
            .Of(value)
            .Aggregate(
                bound.Get("start", 0L),
                (sum, item) => Arithmetic.Apply("+", sum, attribute is null ? item : AttributeOf(item, attribute))
            );
    }

    private static List<object?> Map(object? value, Arguments arguments)
    {
        var items = Sequence.Of(value);
        if (arguments.Positional.Count == 0)
        {
            var bound = arguments.Bind("map", 0, "attribute", "default");
            if (!bound.Has("attribute"))
            {
                throw new TemplateException("map wants the name of a filter, or attribute='…'.");
            }

            return
            [
                .. items.Select(item =>
                    AttributeOf(item, bound.Get("attribute")) is var found && found is Undefined undefined
                        ? bound.Has("default")
                            ? bound.Get("default")
                            : throw undefined.ToException()
                        : found
                ),
            ];
        }

        var (name, rest) = Head("map", arguments, "a filter");
        return [.. items.Select(item => FilterTable.Apply(name, item, rest))];
    }

    private static List<object?> Select(IReadOnlyList<object?> items, Arguments arguments, bool wanted)
    {
        if (arguments.Positional.Count == 0)
        {
            return [.. items.Where(item => Comparison.IsTrue(item) == wanted)];
        }

        var (name, rest) = Head(wanted ? "select" : "reject", arguments, "a test");
        return [.. items.Where(item => Tests.Holds(name, item, rest) == wanted)];
    }

    private static List<object?> SelectAttribute(
        string filter,
        IReadOnlyList<object?> items,
        Arguments arguments,
        bool wanted
    )
    {
        var (attribute, rest) = Head(filter, arguments, "an attribute");
        if (rest.Positional.Count == 0)
        {
            return [.. items.Where(item => Comparison.IsTrue(AttributeOf(item, attribute)) == wanted)];
        }

        var (name, operands) = Head(filter, rest, "a test");
        return [.. items.Where(item => Tests.Holds(name, AttributeOf(item, attribute), operands) == wanted)];
    }

    private static (string Name, Arguments Others) Head(string filter, Arguments arguments, string what) =>
        arguments.Positional is [string name, ..]
            ? (name, arguments with { Positional = [.. arguments.Positional.Skip(1)] })
            : throw new TemplateException($"{filter} wants the name of {what} as a text.");

    private static List<object?> Batch(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("batch", 1, "linecount", "fill_with");
        var size = bound.Size("linecount");
        if (size < 1)
        {
            throw new TemplateException("batch wants a number above 0.");
        }

        var batches = Sequence.Of(value).Chunk(size).Select(chunk => chunk.ToList()).ToList();
        if (bound.Get("fill_with") is { } fill && batches.Count > 0)
        {
            Limits.CheckText(size);
            batches[^1].AddRange(Enumerable.Repeat(fill, size - batches[^1].Count));
            Limits.Check(batches[^1]);
        }

        return [.. batches];
    }

    private static List<object?> GroupBy(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("groupby", 1, "attribute", "default", "case_sensitive");
        var attribute = bound.Get("attribute");
        var groups = new List<(object? Key, List<object?> Items)>();
        foreach (var item in Sorted(Sequence.Of(value), Key, descending: false))
        {
            if (
                groups.Count == 0
                || !Comparison.AreEqual(Folded(Key(groups[^1].Items[0]), false), Folded(Key(item), false))
            )
            {
                groups.Add((Raw(item), []));
            }

            groups[^1].Items.Add(item);
        }

        return [.. groups.Select(group => new FixedList([group.Key, group.Items]))];

        object? Key(object? item) => Folded(Raw(item), bound.Flag("case_sensitive"));

        object? Raw(object? item) =>
            AttributeOf(item, attribute) is var found && found is Undefined && bound.Has("default")
                ? bound.Get("default")
                : found;
    }

    private static List<object?> DictSort(object? value, Arguments arguments)
    {
        var bound = arguments.Bind("dictsort", 0, "case_sensitive", "by", "reverse");
        var place = bound.Text("by", "key") == "value" ? 1 : 0;
        return Sorted(
            MapMethods.Pairs(MapOf("dictsort", value)),
            pair => Folded(((FixedList)pair!).Items[place], bound.Flag("case_sensitive")),
            bound.Flag("reverse")
        );
    }

    private static ValueMap MapOf(string filter, object? value) =>
        value as ValueMap ?? throw new TemplateException($"{filter} wants a map, not {PythonText.KindOf(value)}.");
}
