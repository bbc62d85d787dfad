using Sluice.Core;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>The values of expressions, for one rendering.</summary>
internal sealed class ExpressionEvaluator(ITemplateGlobals globals, Interpreter interpreter)
{
    private int _steps;

    /// <summary>The place of the call that is under way.</summary>
    public (string File, int Line) Site { get; private set; } = ("", 0);

    /// <summary>Counts the work, and ends what would not end.</summary>
    /// <param name="more">What is counted above one: long texts and lists take longer.</param>
    public void Step(int more = 0)
    {
        Comparison.CheckDepth();
        _steps += 1 + more;
        if (_steps > Limits.Steps)
        {
            throw new TemplateException(
                FormattableString.Invariant($"the template does not end: {Limits.Steps} steps were taken."),
                "Loop over fewer items, or let SQL do it."
            );
        }
    }

    public object? Evaluate(Expression expression, Frame frame)
    {
        try
        {
            Step();
            var value = Value(expression, frame);
            if (expression is not (Expression.Name or Expression.Constant))
            {
                Step(SizeOf(value));
            }

            return value;
        }
        catch (TemplateException problem) when (problem.File is null)
        {
            problem.At(frame.File, expression.Line);
            throw;
        }
    }

    public void Assign(Expression target, object? value, Frame frame)
    {
        switch (target)
        {
            case Expression.Name name:
                frame.Scope[name.Text] = value;
                break;
            case Expression.Tuple tuple:
                var items = Sequence.Of(value);
                if (items.Count != tuple.Items.Count)
                {
                    throw new TemplateException(
                        FormattableString.Invariant($"{items.Count} values do not fit {tuple.Items.Count} variables.")
                    ).At(frame.File, target.Line);
                }

                for (var i = 0; i < items.Count; i++)
                {
                    Assign(tuple.Items[i], items[i], frame);
                }

                break;
            case Expression.Attribute attribute:
                if (Evaluate(attribute.Target, frame) is not Namespace space)
                {
                    throw new TemplateException(
                        $"only variables of a namespace can be set: '{attribute.Key}' belongs to none.",
                        "Write {% set ns = namespace(…) %} before, or d.update({…})."
                    ).At(frame.File, target.Line);
                }

                space.Items[attribute.Key] = value;
                break;
        }
    }

    /// <summary>Applies a filter.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="frame">Where it stands.</param>
    /// <param name="content">What goes into the first of a chain that has no target.</param>
    public object? Filter(Expression.Filter filter, Frame frame, object? content = null)
    {
        var value = filter.Target switch
        {
            null => content,
            Expression.Filter inner => Filter(inner, frame, content),
            var target => Evaluate(target, frame),
        };
        try
        {
            return Filters.FilterTable.Apply(filter.Text, value, ArgumentsOf(filter.Arguments, frame));
        }
        catch (TemplateException problem) when (problem.File is null)
        {
            problem.At(frame.File, filter.Line);
            throw;
        }
    }

    /// <summary>Calls what is called.</summary>
    /// <param name="call">The call.</param>
    /// <param name="frame">Where it stands.</param>
    /// <param name="caller">What <c>caller()</c> is in the macro; null where it is no call block.</param>
    public object? Call(Expression.Call call, Frame frame, Function? caller = null)
    {
        if (
            call.Target is Expression.Attribute { Target: Expression.Name package } member
            && !IsKnown(package.Text, frame)
        )
        {
            throw new TemplateException(
                $"'{package.Text}.{member.Key}' is not here: packages are not installed.",
                $"Copy the macro '{member.Key}' into a file of macros/ and call it by that name.{(Nearest.Find(package.Text, NamesSeen(frame)) is { } meant ? $" Did you mean '{meant}'?" : "")}"
            ).At(frame.File, call.Line);
        }

        var target = Evaluate(call.Target, frame);
        var arguments = ArgumentsOf(call.Arguments, frame);
        if (caller is not null)
        {
            arguments = arguments with { Named = [.. arguments.Named, new("caller", caller)] };
        }

        if (target is not Function function)
        {
            throw target is Undefined undefined
                ? undefined.ToException()
                : new TemplateException($"{PythonText.KindOf(target)} cannot be called.");
        }

        try
        {
            Site = (frame.File, call.Line);
            return function.Call(arguments);
        }
        catch (TemplateException problem) when (problem.File is not null)
        {
            problem.CalledFrom(frame.File, call.Line);
            throw;
        }
    }

    private static int SizeOf(object? value) =>
        value switch
        {
            string text => text.Length / 64,
            List<object?> list => list.Count / 8,
            _ => 0,
        };

    private object? Value(Expression expression, Frame frame)
    {
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value;
            case Expression.Name name:
                return Lookup(name.Text, frame);
            case Expression.List list:
                return list.Items.Select(item => Given(item, frame)).ToList();
            case Expression.Tuple tuple:
                return new FixedList([.. tuple.Items.Select(item => Given(item, frame))]);
            case Expression.Map map:
                return MapOf(map, frame);
            case Expression.Attribute attribute:
                return Methods.Attribute(Evaluate(attribute.Target, frame), attribute.Key);
            case Expression.Index index:
                return Sequence.Item(Evaluate(index.Target, frame), Evaluate(index.Key, frame));
            case Expression.Slice slice:
                return Sequence.Slice(
                    Evaluate(slice.Target, frame),
                    Maybe(slice.Start, frame),
                    Maybe(slice.Stop, frame),
                    Maybe(slice.Step, frame)
                );
            case Expression.Call call:
                return Call(call, frame);
            case Expression.Filter filter:
                return Filter(filter, frame);
            case Expression.Test test:
                return Tests.Holds(test.Text, Evaluate(test.Target, frame), ArgumentsOf(test.Arguments, frame));
            case Expression.Not not:
                return !Comparison.IsTrue(Evaluate(not.Operand, frame));
            case Expression.Negative negative:
                return Arithmetic.Negate(Evaluate(negative.Operand, frame));
            case Expression.And and:
                var left = Evaluate(and.Left, frame);
                return Comparison.IsTrue(left) ? Evaluate(and.Right, frame) : left;
            case Expression.Or or:
                var first = Evaluate(or.Left, frame);
                return Comparison.IsTrue(first) ? first : Evaluate(or.Right, frame);
            case Expression.Calculation calculation:
                return Arithmetic.Apply(
                    calculation.Sign,
                    Evaluate(calculation.Left, frame),
                    Evaluate(calculation.Right, frame)
                );
            case Expression.Concatenation concatenation:
                return Joined([.. concatenation.Items.Select(item => PythonText.Of(Evaluate(item, frame)))]);
            case Expression.Comparisons comparisons:
                return Compare(comparisons, frame);
            case Expression.Conditional conditional:
                return Comparison.IsTrue(Evaluate(conditional.Condition, frame)) ? Evaluate(conditional.Then, frame)
                    : conditional.Otherwise is null
                        ? new Undefined("the condition is false, and there is no else.", () => "Write: a if b else c.")
                    : Evaluate(conditional.Otherwise, frame);
            default:
                throw new InvalidOperationException($"{expression.GetType().Name} has no value.");
        }
    }

    private object? Lookup(string name, Frame frame) =>
        frame.Scope.TryGet(name, out var value) || globals.TryGet(name, interpreter, out value)
            ? value
            : new Undefined($"'{name}' is not known.", () => Nearest.Suggest(name, NamesSeen(frame)));

    private bool IsKnown(string name, Frame frame) =>
        frame.Scope.TryGet(name, out _) || globals.TryGet(name, interpreter, out _);

    private IEnumerable<string> NamesSeen(Frame frame) =>
        frame
            .Scope.Names.Except(["varargs", "kwargs"], StringComparer.Ordinal)
            .Concat(globals.Names)
            .Distinct(StringComparer.Ordinal);

    private ValueMap MapOf(Expression.Map map, Frame frame)
    {
        var values = new ValueMap();
        foreach (var (key, value) in map.Items)
        {
            values[Given(key, frame)] = Given(value, frame);
        }

        return values;
    }

    private bool Compare(Expression.Comparisons comparisons, Frame frame)
    {
        var left = Evaluate(comparisons.First, frame);
        foreach (var (sign, operand) in comparisons.Rest)
        {
            var right = Evaluate(operand, frame);
            if (!Holds(sign, left, right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    private static bool Holds(string sign, object? left, object? right) =>
        sign switch
        {
            "==" => Comparison.AreEqual(left, right),
            "!=" => !Comparison.AreEqual(left, right),
            "in" => Comparison.Contains(right, left),
            "not in" => !Comparison.Contains(right, left),
            "<" => Comparison.Order(left, right) < 0,
            "<=" => Comparison.Order(left, right) <= 0,
            ">" => Comparison.Order(left, right) > 0,
            _ => Comparison.Order(left, right) >= 0,
        };

    private Arguments ArgumentsOf(CallArguments arguments, Frame frame) =>
        new(
            [.. arguments.Positional.Select(one => Evaluate(one, frame))],
            [.. arguments.Named.Select(one => new KeyValuePair<string, object?>(one.Name, Evaluate(one.Value, frame)))]
        );

    // A value that is kept must be there now: later nobody would know where it came from.
    private object? Given(Expression expression, Frame frame) =>
        Evaluate(expression, frame) is var value && value is Undefined undefined
            ? throw undefined.ToException().At(frame.File, expression.Line)
            : value;

    private object? Maybe(Expression? expression, Frame frame) =>
        expression is null ? null : Evaluate(expression, frame);

    private static string Joined(IReadOnlyList<string> parts)
    {
        Limits.CheckText(parts.Sum(part => (long)part.Length));
        return string.Concat(parts);
    }
}
