using System.Globalization;
using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;
using Sluice.Project.Templates;
using Sluice.Project.Templates.Dbt;
using Sluice.Project.Templates.Evaluation;
using Sluice.Project.Templates.Syntax;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Scheduling;

/// <summary>Renders the templates of tasks and of what is called: <c>{{ ds }}</c>, <c>{{ params.country }}</c>.</summary>
public static class TaskTemplates
{
    private const string File = ProjectLoader.FileName;

    // Whatever a template asks for is there on such a run, but for names that never are.
    private static readonly DataInterval AnyDay = DataInterval.OfDay(new(2001, 1, 1), TimeZoneInfo.Utc);

    /// <summary>Whether there is anything to render.</summary>
    public static bool IsTemplate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("{{", StringComparison.Ordinal)
            || text.Contains("{%", StringComparison.Ordinal)
            || text.Contains("{#", StringComparison.Ordinal);
    }

    /// <summary>The text for a run.</summary>
    /// <param name="text">A template, as tasks have them.</param>
    /// <param name="run">The run; its parameters go before those of the DAG.</param>
    /// <param name="dag">Its DAG.</param>
    /// <param name="environment">The value of an environment variable; null where it is not set.</param>
    /// <exception cref="DefinitionException">It asks for something that is not there.</exception>
    public static string Render(string text, DagRun run, DagDefinition dag, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(dag);
        ArgumentNullException.ThrowIfNull(environment);
        if (!IsTemplate(text))
        {
            return text;
        }

        try
        {
            return new Interpreter(new RunNames(run, dag, environment)).Render(Template.Parse(File, text));
        }
        catch (TemplateException problem)
        {
            var found = problem.ToDiagnostic(File);
            throw new DefinitionException($"The template '{text.Trim()}' fails: {found.Message}", found.Hint);
        }
    }

    /// <summary>Tells what is wrong with a template, as far as that shows before there is a run; lines are those of the text.</summary>
    internal static void Check(string text, DagDefinition dag, Action<Diagnostic> onProblem)
    {
        if (!IsTemplate(text))
        {
            return;
        }

        try
        {
            var run = new DagRun(dag.Id, AnyDay, RunKind.Scheduled) { Since = AnyDay.End };
            new Interpreter(new RunNames(run, dag, name => name)).Render(
                Template.Parse(File, text),
                problem => onProblem(problem.ToDiagnostic(File))
            );
        }
        catch (TemplateException problem)
        {
            onProblem(problem.ToDiagnostic(File));
        }
    }

    private sealed class RunNames : ITemplateGlobals
    {
        private readonly Dictionary<string, object?> _names;

        public RunNames(DagRun run, DagDefinition dag, Func<string, string?> environment)
        {
            _names = BasicFunctions.Of(TemplateProject.Empty with { Environment = environment });
            var interval = run.Interval;
            _names["ds"] = interval.Ds;
            _names["ds_nodash"] = interval.Ds.Replace("-", "", StringComparison.Ordinal);
            _names["logical_date"] = new Instant("logical_date", interval.Start);
            _names["data_interval_start"] = new Instant("data_interval_start", interval.Start);
            _names["data_interval_end"] = new Instant("data_interval_end", interval.End);
            _names["run_id"] = run.Id;
            _names["params"] = new Members(
                "params",
                dag.Params.Concat(run.Params)
                    .GroupBy(param => param.Key, param => (object?)param.Value, StringComparer.Ordinal)
                    .ToDictionary(param => param.Key, param => param.Last(), StringComparer.Ordinal)
            );
            _names["env"] = new EnvironmentNames(environment);
        }

        public IEnumerable<string> Names => _names.Keys;

        public bool TryGet(string name, Interpreter interpreter, out object? value) =>
            _names.TryGetValue(name, out value);
    }

    private sealed class Instant(string name, DateTimeOffset at) : ITemplateObject
    {
        public string Kind => $"'{name}'";

        public string Text => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

        public object? Attribute(string member) =>
            Members.Find(
                name,
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["isoformat"] = new Function($"{name}.isoformat", _ => Text),
                },
                member
            );
    }

    private sealed class EnvironmentNames(Func<string, string?> environment) : ITemplateObject
    {
        public string Kind => "'env'";

        public string? Text => null;

        public object? Attribute(string member) =>
            (object?)environment(member)
            ?? new Undefined(
                $"the environment has no variable '{member}'.",
                () => $"Set it, or write env_var('{member}', 'a default')."
            );
    }
}
