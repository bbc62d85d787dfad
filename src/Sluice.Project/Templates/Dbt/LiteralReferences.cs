using Sluice.Core.Tables;
using Sluice.Project.Templates.Syntax;

namespace Sluice.Project.Templates.Dbt;

/// <summary>
/// The tables that a template names in so many words, also where it would not be rendered now: dbt wants a hint for those
/// (<c>-- depends_on:</c>), which is not needed here.
/// </summary>
internal static class LiteralReferences
{
    /// <summary>Tells the recorder of every <c>ref</c> and <c>source</c> with literal names, in the template and the macros it can reach.</summary>
    public static void Record(Template template, MacroLibrary macros, string project, IModelRecorder recorder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<IReadOnlyList<Statement>>([template.Body]);
        while (open.TryDequeue(out var statements))
        {
            foreach (var expression in SyntaxWalk.Expressions(statements))
            {
                switch (expression)
                {
                    case Expression.Call { Target: Expression.Name called, Arguments.Named.Count: 0 } call:
                        Record(called.Text, Texts(call.Arguments), project, recorder);
                        break;
                    case Expression.Name name when macros.Find(name.Text) is { } macro && seen.Add(name.Text):
                        open.Enqueue(macro.Body);
                        break;
                }
            }
        }
    }

    private static void Record(string function, IReadOnlyList<string> texts, string project, IModelRecorder recorder)
    {
        switch (function, texts)
        {
            case ("ref", [var model]):
                recorder.Ref(model);
                break;
            case ("ref", [var package, var model]) when package == project:
                recorder.Ref(model);
                break;
            case ("source", [var source, var table]):
                recorder.Source(TableId.Raw(source, table));
                break;
        }
    }

    private static IReadOnlyList<string> Texts(CallArguments arguments) =>
        arguments.Positional.All(one => one is Expression.Constant { Value: string })
            ? [.. arguments.Positional.Cast<Expression.Constant>().Select(one => (string)one.Value!)]
            : [];
}
