using Sluice.Core;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>What can follow <c>is</c>.</summary>
internal static class Tests
{
    private static readonly Dictionary<string, Func<object?, object?>> Plain = new(StringComparer.Ordinal)
    {
        ["none"] = value => value is null,
        ["string"] = value => value is string,
        ["number"] = value => Arithmetic.IsNumber(value),
        ["integer"] = value => value is long,
        ["float"] = value => value is double,
        ["boolean"] = value => value is bool,
        ["true"] = value => value is true,
        ["false"] = value => value is false,
        ["mapping"] = value => value is ValueMap,
        ["sequence"] = value => value is string or List<object?> or FixedList or ValueMap,
        ["iterable"] = value => value is string or List<object?> or FixedList or ValueMap,
        ["callable"] = value => value is Function,
        ["odd"] = value => Modulo(value, 2L) is 1L,
        ["even"] = value => Modulo(value, 2L) is 0L,
        ["lower"] = value => PythonText.Of(value) is var text && text.Any(char.IsLower) && !text.Any(char.IsUpper),
        ["upper"] = value => PythonText.Of(value) is var text && text.Any(char.IsUpper) && !text.Any(char.IsLower),
    };

    private static readonly Dictionary<string, Func<object?, object?, bool>> WithOperand = new(StringComparer.Ordinal)
    {
        ["divisibleby"] = (value, by) => Modulo(value, by) is 0L or 0.0,
        ["eq"] = Comparison.AreEqual,
        ["equalto"] = Comparison.AreEqual,
        ["=="] = Comparison.AreEqual,
        ["ne"] = (left, right) => !Comparison.AreEqual(left, right),
        ["!="] = (left, right) => !Comparison.AreEqual(left, right),
        ["gt"] = (left, right) => Comparison.Order(left, right) > 0,
        ["greaterthan"] = (left, right) => Comparison.Order(left, right) > 0,
        [">"] = (left, right) => Comparison.Order(left, right) > 0,
        ["ge"] = (left, right) => Comparison.Order(left, right) >= 0,
        [">="] = (left, right) => Comparison.Order(left, right) >= 0,
        ["lt"] = (left, right) => Comparison.Order(left, right) < 0,
        ["lessthan"] = (left, right) => Comparison.Order(left, right) < 0,
        ["<"] = (left, right) => Comparison.Order(left, right) < 0,
        ["le"] = (left, right) => Comparison.Order(left, right) <= 0,
        ["<="] = (left, right) => Comparison.Order(left, right) <= 0,
        ["in"] = (value, container) => Comparison.Contains(container, value),
        ["sameas"] = (left, right) =>
            left?.GetType() == right?.GetType()
            && (ReferenceEquals(left, right) || (left is null or bool or long && Equals(left, right))),
    };

    public static IEnumerable<string> Names =>
        ["defined", "undefined", .. Plain.Keys, .. WithOperand.Keys.Where(name => char.IsLetter(name[0]))];

    public static bool Holds(string name, object? value, Arguments arguments)
    {
        if (name is "defined" or "undefined")
        {
            arguments.Bind($"is {name}", 0);
            return value is Undefined == (name == "undefined");
        }

        if (value is Undefined undefined)
        {
            throw undefined.ToException();
        }

        if (Plain.TryGetValue(name, out var plain))
        {
            arguments.Bind($"is {name}", 0);
            return plain(value) is true;
        }

        if (WithOperand.TryGetValue(name, out var test))
        {
            return test(value, arguments.Bind($"is {name}", 1, "other").Get("other"));
        }

        throw new TemplateException($"the test 'is {name}' is not known.", Nearest.Suggest(name, Names));
    }

    private static object? Modulo(object? value, object? by) =>
        Arithmetic.Apply("%", value is string ? null : value, by);
}
