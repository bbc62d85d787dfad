using Sluice.Core;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>Calls macros: arguments to parameters, and what the body prints or returns.</summary>
internal sealed class MacroCalls(Interpreter interpreter, ExpressionEvaluator expressions)
{
    private int _depth;

    public object? Call(MacroDefinition macro, Scope? around, Arguments arguments)
    {
        var site = interpreter.Site;
        if (_depth == Limits.Depth)
        {
            throw new TemplateException(
                FormattableString.Invariant(
                    $"the macro {macro.Signature} calls itself, or others, more than {Limits.Depth} deep."
                ),
                "Give it a condition under which it ends."
            ).At(macro.File, macro.Line);
        }

        _depth++;
        try
        {
            var frame = new Frame(macro.File, new Scope(around));
            Bind(macro, arguments, frame, site);
            return interpreter.Capture(macro.Body, frame);
        }
        catch (ReturnSignal signal)
        {
            return signal.Value;
        }
        finally
        {
            _depth--;
        }
    }

    private void Bind(MacroDefinition macro, Arguments arguments, Frame frame, (string File, int Line) site)
    {
        var what = macro.Name == "caller" ? "caller" : "the macro";
        var scope = frame.Scope;
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(arguments.Positional.Count, macro.Parameters.Count); i++)
        {
            scope[macro.Parameters[i].Name] = arguments.Positional[i];
            given.Add(macro.Parameters[i].Name);
        }

        var rest = arguments.Positional.Skip(macro.Parameters.Count).ToList();
        if (rest.Count > 0 && !macro.Mentions("varargs"))
        {
            throw new TemplateException(
                FormattableString.Invariant(
                    $"{what} {macro.Signature} was given {arguments.Positional.Count} arguments; it takes {macro.Parameters.Count}."
                ),
                Place(macro)
            );
        }

        scope["varargs"] = new FixedList(rest);
        var others = new ValueMap();
        object? caller = new Undefined(
            $"caller() is not there: {what} {macro.Signature} was not called by {{% call %}}."
        );
        foreach (var (name, value) in arguments.Named)
        {
            if (macro.Parameters.Any(parameter => parameter.Name == name))
            {
                scope[name] = given.Add(name)
                    ? value
                    : throw new TemplateException($"{what} {macro.Signature} was given '{name}' twice.", Place(macro));
            }
            else if (name == "caller" && macro.Mentions("caller"))
            {
                caller = value;
            }
            else if (macro.Mentions("kwargs"))
            {
                others[name] = value;
            }
            else
            {
                throw name == "caller"
                    ? new TemplateException(
                        $"{what} {macro.Signature} takes no {{% call %}}: it never uses caller().",
                        Place(macro)
                    )
                    : new TemplateException(
                        $"{what} {macro.Signature} has no argument '{name}'.",
                        Nearest.Suggest(name, macro.Parameters.Select(parameter => parameter.Name))
                    );
            }
        }

        scope["kwargs"] = others;
        if (macro.Mentions("caller") && macro.Name != "caller")
        {
            scope["caller"] = caller;
        }

        foreach (var (name, fallback) in macro.Parameters.Where(parameter => !given.Contains(parameter.Name)))
        {
            scope[name] = fallback is null
                ? new Undefined($"{what} {macro.Signature} was not given '{name}', and uses it.", () => Place(macro))
                {
                    File = site.File,
                    Line = site.Line,
                }
                : expressions.Evaluate(fallback, frame);
        }
    }

    private static string Place(MacroDefinition macro) =>
        FormattableString.Invariant($"It is defined in {macro.File}, line {macro.Line}.");
}
