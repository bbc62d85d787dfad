using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>The methods of lists and tuples.</summary>
internal static class ListMethods
{
    public static IReadOnlyList<string> Names { get; } =
    ["append", "clear", "copy", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"];

    public static IReadOnlyList<string> NamesOfTuple { get; } = ["count", "index"];

    public static Function? Find(List<object?> list, string name) =>
        Names.Contains(name, StringComparer.Ordinal)
            ? new Function(name, arguments => Call(list, name, arguments))
            : null;

    public static Function? FindOfTuple(FixedList tuple, string name) =>
        NamesOfTuple.Contains(name, StringComparer.Ordinal)
            ? new Function(name, arguments => Call([.. tuple.Items], name, arguments))
            : null;

    private static object? Call(List<object?> list, string name, Arguments arguments)
    {
        switch (name)
        {
            case "append":
                list.Add(Value());
                Limits.Check(list);
                return null;
            case "extend":
                list.AddRange([.. Sequence.Of(Value())]);
                Limits.Check(list);
                return null;
            case "insert":
                var bound = arguments.Bind(name, 2, "place", "value");
                var place = bound.Size("place");
                list.Insert(Math.Clamp(place < 0 ? place + list.Count : place, 0, list.Count), bound.Get("value"));
                Limits.Check(list);
                return null;
            case "clear":
                arguments.Bind(name, 0);
                list.Clear();
                return null;
            case "copy":
                arguments.Bind(name, 0);
                return new List<object?>(list);
            case "count":
                var counted = Value();
                return (long)list.Count(item => Comparison.AreEqual(item, counted));
            case "index":
                var wanted = Value();
                return (long)Found(list, wanted);
            case "remove":
                list.RemoveAt(Found(list, Value()));
                return null;
            case "pop":
                return Pop(list, arguments.Bind(name, 0, "place").Size("place", -1));
            case "reverse":
                arguments.Bind(name, 0);
                list.Reverse();
                return null;
            default:
                var descending = arguments.Bind(name, 0, "reverse").Flag("reverse");
                var sorted = Filters.ListFilters.Sorted(list, item => item, descending);
                list.Clear();
                list.AddRange(sorted);
                return null;
        }

        object? Value() =>
            arguments.Bind(name, 1, "value").Get("value") is var value && value is Undefined undefined
                ? throw undefined.ToException()
                : value;
    }

    private static object? Pop(List<object?> list, int place)
    {
        place += place < 0 ? list.Count : 0;
        if (place < 0 || place >= list.Count)
        {
            throw new TemplateException("pop() from a list that has no such item.");
        }

        var value = list[place];
        list.RemoveAt(place);
        return value;
    }

    private static int Found(List<object?> list, object? value) =>
        list.FindIndex(item => Comparison.AreEqual(item, value)) is >= 0 and var at
            ? at
            : throw new TemplateException($"{PythonText.Repr(value)} is not in the list.");
}
