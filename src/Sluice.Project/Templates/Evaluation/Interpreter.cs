using System.Text;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation;

/// <summary>Renders one template once. Not thread-safe.</summary>
internal sealed class Interpreter
{
    private readonly ExpressionEvaluator _expressions;
    private readonly MacroCalls _macros;
    private readonly StringBuilder _main = new();
    private readonly LineMap? _lines;
    private StringBuilder _output;
    private long _written;

    /// <summary>Prepares a rendering.</summary>
    /// <param name="globals">The names that the template can use.</param>
    /// <param name="lines">Told where the text comes from; null where nobody asks.</param>
    public Interpreter(ITemplateGlobals globals, LineMap? lines = null)
    {
        (_output, _lines) = (_main, lines);
        _expressions = new(globals, this);
        _macros = new(this, _expressions);
    }

    /// <summary>The place of the call that is under way.</summary>
    public (string File, int Line) Site => _expressions.Site;

    /// <summary>Renders a template.</summary>
    /// <param name="template">What to render.</param>
    /// <param name="onProblem">
    /// Told of a <c>{{ … }}</c> that fails, which then prints nothing, so that the rest is looked at, too; null ends the rendering.
    /// </param>
    /// <exception cref="TemplateException">It cannot be rendered.</exception>
    public string Render(Template template, Action<TemplateException>? onProblem = null)
    {
        var frame = new Frame(template.File, new Scope(null));
        foreach (var statement in template.Body)
        {
            try
            {
                Execute(statement, frame);
            }
            catch (TemplateException problem) when (onProblem is not null && statement is Statement.Output)
            {
                onProblem(problem);
            }
            catch (ReturnSignal)
            {
                throw new TemplateException("return() stands outside of a macro.").At(template.File, statement.Line);
            }
        }

        return _output.ToString();
    }

    /// <summary>The value of an expression that stands for itself.</summary>
    public object? Evaluate(string file, Expression expression) =>
        _expressions.Evaluate(expression, new Frame(file, new Scope(null)));

    /// <summary>A macro as a value, which sees the variables around its definition.</summary>
    public Function FunctionOf(MacroDefinition macro, Scope? around = null) =>
        new(macro.Name, arguments => _macros.Call(macro, around, arguments));

    /// <summary>What the statements print, apart from the text that is being made.</summary>
    public string Capture(IReadOnlyList<Statement> statements, Frame frame)
    {
        var outer = _output;
        _output = new();
        try
        {
            Execute(statements, frame);
            return _output.ToString();
        }
        finally
        {
            _output = outer;
        }
    }

    private void Execute(IReadOnlyList<Statement> statements, Frame frame)
    {
        foreach (var statement in statements)
        {
            Execute(statement, frame);
        }
    }

    private void Execute(Statement statement, Frame frame)
    {
        try
        {
            _expressions.Step();
            if (_output == _main)
            {
                _lines?.Add(_main.Length, statement.Line, statement is Statement.Text);
            }

            switch (statement)
            {
                case Statement.Text text:
                    Write(text.Content);
                    break;
                case Statement.Output output:
                    Write(PythonText.Of(_expressions.Evaluate(output.Value, frame)));
                    break;
                case Statement.If choice:
                    Execute(BranchOf(choice, frame), frame);
                    break;
                case Statement.For loop:
                    Execute(loop, frame);
                    break;
                case Statement.Set set:
                    _expressions.Assign(set.Target, _expressions.Evaluate(set.Value, frame), frame);
                    break;
                case Statement.SetBlock block:
                    var content = Filtered(block.Filter, Capture(block.Body, frame.Inner()), frame);
                    _expressions.Assign(block.Target, content, frame);
                    break;
                case Statement.Do act:
                    _expressions.Evaluate(act.Value, frame);
                    break;
                case Statement.Macro macro:
                    frame.Scope[macro.Definition.Name] = FunctionOf(macro.Definition, frame.Scope);
                    break;
                case Statement.CallBlock block:
                    Write(PythonText.Of(_expressions.Call(block.Call, frame, FunctionOf(block.Body, frame.Scope))));
                    break;
                case Statement.FilterBlock block:
                    Write(PythonText.Of(Filtered(block.Filter, Capture(block.Body, frame.Inner()), frame)));
                    break;
            }
        }
        catch (TemplateException problem) when (problem.File is null)
        {
            problem.At(frame.File, statement.Line);
            throw;
        }
    }

    private IReadOnlyList<Statement> BranchOf(Statement.If choice, Frame frame)
    {
        foreach (var (test, body) in choice.Branches)
        {
            if (Comparison.IsTrue(_expressions.Evaluate(test, frame)))
            {
                return body;
            }
        }

        return choice.Otherwise;
    }

    private void Execute(Statement.For loop, Frame frame)
    {
        IReadOnlyList<object?> items = [.. Sequence.Of(_expressions.Evaluate(loop.Items, frame))];
        if (loop.Condition is not null)
        {
            items =
            [
                .. items.Where(item =>
                {
                    _expressions.Step();
                    var inner = frame.Inner();
                    _expressions.Assign(loop.Target, item, inner);
                    return Comparison.IsTrue(_expressions.Evaluate(loop.Condition, inner));
                }),
            ];
        }

        if (items.Count == 0)
        {
            Execute(loop.Otherwise, frame.Inner());
            return;
        }

        var state = new LoopState(items);
        for (; state.At < items.Count; state.At++)
        {
            // A round counts by itself: its body may be empty.
            _expressions.Step();
            var inner = frame.Inner();
            inner.Scope["loop"] = state;
            _expressions.Assign(loop.Target, items[state.At], inner);
            Execute(loop.Body, inner);
        }
    }

    private object? Filtered(Expression.Filter? filter, string content, Frame frame) =>
        filter is null ? content : _expressions.Filter(filter, frame, content);

    private void Write(string text)
    {
        // What macros print is counted again where it is put out: a bound on the work, too.
        _written += text.Length;
        Limits.CheckText(_written);
        _output.Append(text);
    }
}
