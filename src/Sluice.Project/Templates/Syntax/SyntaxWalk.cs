namespace Sluice.Project.Templates.Syntax;

/// <summary>Goes through everything that is written in a template, whether or not it would be rendered.</summary>
internal static class SyntaxWalk
{
    /// <summary>Every expression in the statements, those within others too.</summary>
    public static IEnumerable<Expression> Expressions(IEnumerable<Statement> statements)
    {
        // A stack of its own: what people nest must not end the program.
        var open = new Stack<object>(statements.Reverse());
        while (open.TryPop(out var node))
        {
            if (node is Expression expression)
            {
                yield return expression;
            }

            foreach (var child in (node is Statement statement ? Of(statement) : Of((Expression)node)).Reverse())
            {
                open.Push(child);
            }
        }
    }

    private static IEnumerable<object> Of(Statement statement) =>
        statement switch
        {
            Statement.Output output => [output.Value],
            Statement.If choice =>
            [
                .. choice.Branches.SelectMany(branch => branch.Body.Prepend<object>(branch.Test)),
                .. choice.Otherwise,
            ],
            Statement.For loop => [loop.Items, .. Maybe(loop.Condition), .. loop.Body, .. loop.Otherwise],
            Statement.Set set => [set.Target, set.Value],
            Statement.SetBlock block => [block.Target, .. Maybe(block.Filter), .. block.Body],
            Statement.Do act => [act.Value],
            Statement.Macro macro => Of(macro.Definition),
            Statement.CallBlock block => [block.Call, .. Of(block.Body)],
            Statement.FilterBlock block => [block.Filter, .. block.Body],
            _ => [],
        };

    private static IEnumerable<object> Of(MacroDefinition macro) =>
        [.. macro.Parameters.SelectMany(parameter => Maybe(parameter.Default)), .. macro.Body];

    private static IEnumerable<object> Of(Expression expression) =>
        expression switch
        {
            Expression.List list => list.Items,
            Expression.Tuple tuple => tuple.Items,
            Expression.Map map => map.Items.SelectMany(item => new[] { item.Key, item.Value }),
            Expression.Attribute attribute => [attribute.Target],
            Expression.Index index => [index.Target, index.Key],
            Expression.Slice slice => [slice.Target, .. Maybe(slice.Start), .. Maybe(slice.Stop), .. Maybe(slice.Step)],
            Expression.Call call => [call.Target, .. Of(call.Arguments)],
            Expression.Filter filter => [.. Maybe(filter.Target), .. Of(filter.Arguments)],
            Expression.Test test => [test.Target, .. Of(test.Arguments)],
            Expression.Not not => [not.Operand],
            Expression.Negative negative => [negative.Operand],
            Expression.And and => [and.Left, and.Right],
            Expression.Or or => [or.Left, or.Right],
            Expression.Calculation calculation => [calculation.Left, calculation.Right],
            Expression.Concatenation concatenation => concatenation.Items,
            Expression.Comparisons comparisons => [comparisons.First, .. comparisons.Rest.Select(one => one.Operand)],
            Expression.Conditional conditional =>
            [
                conditional.Condition,
                conditional.Then,
                .. Maybe(conditional.Otherwise),
            ],
            _ => [],
        };

    private static IEnumerable<Expression> Of(CallArguments arguments) =>
        arguments.Positional.Concat(arguments.Named.Select(one => one.Value));

    private static IEnumerable<object> Maybe(object? node) => node is null ? [] : [node];
}
