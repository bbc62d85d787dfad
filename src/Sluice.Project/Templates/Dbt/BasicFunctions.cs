using System.Text.Json;
using Sluice.Core;
using Sluice.Project.Templates.Evaluation;
using Sluice.Project.Templates.Evaluation.Filters;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Dbt;

/// <summary>The functions of dbt and Jinja that need nothing but their arguments, the project and its environment.</summary>
internal static class BasicFunctions
{
    private const string SecretPrefix = "DBT_ENV_SECRET";

    /// <summary>Names of Jinja and dbt that mean the same in every file.</summary>
    public static Dictionary<string, object?> Of(TemplateProject project)
    {
        var names = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["exceptions"] = Exceptions(project),
            ["project_name"] = project.Name,
        };
        Add("range", Range);
        Add("dict", arguments => MapOf("dict", arguments));
        Add("namespace", arguments => new Namespace(MapOf("namespace", arguments)));
        Add("zip", Zip);
        Add("log", arguments => Said(project, arguments.Bind("log", 1, "msg", "info").Get("msg")));
        Add("print", arguments => Said(project, arguments.Bind("print", 1, "msg").Get("msg")));
        Add("return", arguments => throw new ReturnSignal(Given(arguments.Bind("return", 1, "data").Get("data"))));
        Add("tojson", ToJson);
        Add("fromjson", FromJson);
        Add("local_md5", Md5);
        Add("env_var", arguments => EnvironmentVariable(project, arguments.Bind("env_var", 1, "name", "default")));
        return names;

        void Add(string name, Func<Arguments, object?> call) => names[name] = new Function(name, call);
    }

    /// <summary>The same, and <c>var</c> with the project's variables: what a file that is no model knows.</summary>
    public static Dictionary<string, object?> WithVariables(TemplateProject project)
    {
        var names = Of(project);
        names["var"] = new Function(
            "var",
            arguments =>
                arguments.Bind("var", 1, "name", "default") is var bound
                    ? Variable(bound.Text("name"), project.Variables, bound)
                    : null
        );
        return names;
    }

    /// <summary>The variable, its default, or an error that says where to give it a value.</summary>
    public static object? Variable(string name, IReadOnlyDictionary<string, object?> variables, BoundArguments bound) =>
        variables.TryGetValue(name, out var value) ? PlainValue.ToTemplate(value)
        : bound.Has("default") ? Given(bound.Get("default"))
        : throw new TemplateException(
            $"var('{name}') has no value.",
            $"Give it one under vars: in dbt_project.yml, on the command line (--vars \"{name}: value\"), or a default: var('{name}', 'value')."
        );

    private static Members Exceptions(TemplateProject project) =>
        new(
            "exceptions",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["raise_compiler_error"] = new Function(
                    "raise_compiler_error",
                    arguments => throw new TemplateException(Message("raise_compiler_error", arguments))
                ),
                ["raise_not_implemented"] = new Function(
                    "raise_not_implemented",
                    arguments => throw new TemplateException(Message("raise_not_implemented", arguments))
                ),
                ["warn"] = new Function("warn", arguments => Said(project, Message("warn", arguments))),
            }
        );

    private static string Message(string name, Arguments arguments) =>
        PythonText.Of(arguments.Bind(name, 1, "msg").Get("msg"));

    private static string Said(TemplateProject project, object? message)
    {
        project.Log(PythonText.Of(message));
        return "";
    }

    private static List<object?> Range(Arguments arguments)
    {
        var bound = arguments.Bind("range", 1, "start", "stop", "step");
        var (start, stop) = bound.Has("stop")
            ? (bound.Number("start"), bound.Number("stop"))
            : (0, bound.Number("start"));
        var step = bound.Number("step", 1);
        if (step == 0)
        {
            throw new TemplateException("the step of range() cannot be 0.");
        }

        var numbers = new List<object?>();
        for (var at = (Int128)start; step > 0 ? at < stop : at > stop; at += step)
        {
            numbers.Add((long)at);
            Limits.Check(numbers);
        }

        return numbers;
    }

    private static ValueMap MapOf(string name, Arguments arguments)
    {
        var map = arguments.Positional switch
        {
            [] => new ValueMap(),
            [ValueMap other] => other.Copy(),
            [List<object?> pairs] => OfPairs(pairs),
            _ => throw new TemplateException($"{name}() takes names with values, or one map."),
        };
        foreach (var (key, value) in arguments.Named)
        {
            map[key] = Given(value);
        }

        return map;
    }

    private static ValueMap OfPairs(List<object?> pairs)
    {
        var map = new ValueMap();
        foreach (var pair in pairs)
        {
            map[Sequence.Item(pair, 0L)] = Sequence.Item(pair, 1L);
        }

        return map;
    }

    private static List<object?> Zip(Arguments arguments)
    {
        var lists = arguments.Positional.Select(Sequence.Of).ToList();
        var count = lists.Count == 0 ? 0 : lists.Min(list => list.Count);
        return [.. Enumerable.Range(0, count).Select(at => new FixedList([.. lists.Select(list => list[at])]))];
    }

    private static string ToJson(Arguments arguments)
    {
        var bound = arguments.Bind("tojson", 1, "value", "default", "sort_keys");
        return JsonText.Of(bound.Get("value"), sorted: bound.Flag("sort_keys"));
    }

    private static object? FromJson(Arguments arguments)
    {
        var bound = arguments.Bind("fromjson", 1, "string", "default");
        try
        {
            return JsonText.Read(bound.Text("string"));
        }
        catch (JsonException) when (bound.Has("default"))
        {
            return bound.Get("default");
        }
        catch (JsonException wrong)
        {
            throw new TemplateException($"fromjson() was given no JSON: {wrong.Message}");
        }
    }

    private static string Md5(Arguments arguments) =>
        DbtDigest.Of(arguments.Bind("local_md5", 1, "value").Text("value"));

    private static object? EnvironmentVariable(TemplateProject project, BoundArguments bound)
    {
        var name = bound.Text("name");
        if (name.StartsWith(SecretPrefix, StringComparison.Ordinal))
        {
            throw new TemplateException(
                $"env_var('{name}') is a secret, and a statement is kept where everybody can read it.",
                "Secrets belong into the connections of sluice.yaml: ${env:NAME}."
            );
        }

        return project.Environment(name)
            ?? (
                bound.Has("default")
                    ? Given(bound.Get("default"))
                    : throw new TemplateException(
                        $"the environment has no variable '{name}'.",
                        $"Set it, or give a default: env_var('{name}', 'value')."
                    )
            );
    }

    private static object? Given(object? value) => value is Undefined undefined ? throw undefined.ToException() : value;
}
