using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation.Filters;

/// <summary>The value that a text writes down: a number, true or false, a list; any other text stays one.</summary>
internal static class NativeText
{
    public static object? Read(object? value)
    {
        if (value is not string text)
        {
            return value;
        }

        try
        {
            return
                Template.Parse("", $"{{{{{text}}}}}").Body is [Statement.Output output]
                && Literal(output.Value) is (true, var read)
                ? read
                : text;
        }
        catch (TemplateException)
        {
            return text;
        }
    }

    private static (bool Is, object? Value) Literal(Expression expression)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return (true, constant.Value);
            case Expression.Negative { Operand: Expression.Constant { Value: long or double } number }:
                return (true, Arithmetic.Negate(number.Value));
            case Expression.List list:
                var items = list.Items.Select(Literal).ToList();
                return (items.TrueForAll(item => item.Is), items.Select(item => item.Value).ToList());
            case Expression.Map map:
                var pairs = map.Items.Select(pair => (Key: Literal(pair.Key), Value: Literal(pair.Value))).ToList();
                var values = new ValueMap();
                foreach (var (key, item) in pairs.Where(pair => pair.Key.Is && pair.Value.Is))
                {
                    values[key.Value] = item.Value;
                }

                return (pairs.TrueForAll(pair => pair.Key.Is && pair.Value.Is), values);
            default:
                return (false, null);
        }
    }
}
