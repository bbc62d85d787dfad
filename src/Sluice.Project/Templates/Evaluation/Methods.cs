using Sluice.Core;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>What stands after the dot: keys of maps, attributes of objects, and methods of texts, lists and maps.</summary>
internal static class Methods
{
    public static object? Attribute(object? target, string name)
    {
        switch (target)
        {
            case Undefined undefined:
                throw undefined.ToException();
            case ITemplateObject other:
                return other.Attribute(name);
            case Function { Attribute: { } attribute }:
                return attribute(name);
            case ValueMap map when MapMethods.Find(map, name) is { } method:
                return method;
            case ValueMap map:
                return map.TryGet(name, out var value) ? value : NoKey(map, name);
            case Namespace space:
                return space.Items.TryGet(name, out var variable) ? variable : NoKey(space.Items, name);
            case string text:
                return (object?)TextMethods.Find(text, name) ?? Missing("a text", name, TextMethods.Names);
            case List<object?> list:
                return (object?)ListMethods.Find(list, name) ?? Missing("a list", name, ListMethods.Names);
            case FixedList tuple:
                return (object?)ListMethods.FindOfTuple(tuple, name)
                    ?? Missing("a tuple", name, ListMethods.NamesOfTuple);
            default:
                return new Undefined($"{PythonText.KindOf(target)} has no '{name}'.");
        }
    }

    public static Undefined NoKey(ValueMap map, object? key) =>
        new(
            $"there is no key {PythonText.Repr(key)}.",
            () => Nearest.Suggest(PythonText.Of(key), map.Keys.Select(PythonText.Of))
        );

    private static Undefined Missing(string kind, string name, IEnumerable<string> known) =>
        new($"{kind} has no '{name}'.", () => Nearest.Suggest(name, known));
}
