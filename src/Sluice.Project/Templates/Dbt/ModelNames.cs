using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Tables;
using Sluice.Project.Templates.Evaluation;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Dbt;

/// <summary>The names that a model's template knows, for one rendering.</summary>
internal sealed class ModelNames : ITemplateGlobals
{
    private static readonly string[] OfModels =
    [
        "adapter",
        "config",
        "dbt",
        "execute",
        "is_incremental",
        "ref",
        "schema",
        "source",
        "target",
        "this",
        "var",
    ];

    private readonly TemplateProject _project;
    private readonly IModelRecorder _recorder;
    private readonly string _engine;
    private readonly Dictionary<string, object?> _names;
    private Interpreter? _interpreter;

    /// <summary>Prepares the names for one rendering.</summary>
    /// <param name="project">What all templates share.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="scope">The run.</param>
    /// <param name="execute">False while the project is read, as in dbt.</param>
    /// <param name="recorder">Told what the template asks for.</param>
    public ModelNames(TemplateProject project, string model, ModelScope scope, bool execute, IModelRecorder recorder)
    {
        // What a unit test gives goes before what the process has.
        (_project, _recorder, _engine) = (
            project with
            {
                Environment = name => scope.Environment.GetValueOrDefault(name) ?? project.Environment(name),
            },
            recorder,
            scope.TargetType
        );
        _names = BasicFunctions.Of(_project);
        _names["this"] = new Relation(TableId.Mart(model), _engine);
        _names["schema"] = TableId.MartsSchema;
        _names["execute"] = execute;
        _names["target"] = Target(scope);
        _names["adapter"] = new Function("adapter", _ => throw NoWarehouse("adapter")) { Attribute = Adapter(scope) };
        _names["dbt"] = CrossDatabase.Of(_engine);
        _names["config"] = new Function("config", Config) { Attribute = ConfigMember };
        Add("is_incremental", arguments => arguments.Bind("is_incremental", 0) is not null && scope.IsIncremental);
        Add("ref", Ref);
        Add("source", Source);
        Add("var", arguments => Variable(scope, arguments.Bind("var", 1, "name", "default")));

        void Add(string name, Func<Arguments, object?> call) => _names[name] = new Function(name, call);
    }

    public IEnumerable<string> Names =>
        _names.Keys.Concat(_project.Macros.Names).Append(_project.Name).Where(name => name.Length > 0);

    /// <summary>Whether dbt or Jinja gives the name a meaning of its own.</summary>
    public static bool IsOfDbt(string name) =>
        OfModels.Contains(name, StringComparer.Ordinal)
        || RefusedNames.Find(name) is not null
        || BasicFunctions.Of(TemplateProject.Empty).ContainsKey(name);

    public bool TryGet(string name, Interpreter interpreter, out object? value)
    {
        _interpreter = interpreter;
        if (_names.TryGetValue(name, out value))
        {
            return true;
        }

        value =
            _project.Macros.Find(name) is { } macro ? interpreter.FunctionOf(macro)
            : name == _project.Name && name.Length > 0 ? new Members(name, MacrosOf(interpreter))
            : RefusedNames.Find(name);
        return value is not null;
    }

    private Dictionary<string, object?> MacrosOf(Interpreter interpreter) =>
        _project.Macros.Names.ToDictionary(
            name => name,
            object? (name) => interpreter.FunctionOf(_project.Macros.Find(name)!),
            StringComparer.Ordinal
        );

    private static ValueMap Target(ModelScope scope) =>
        new()
        {
            ["type"] = scope.TargetType,
            ["name"] = scope.TargetName,
            ["target_name"] = scope.TargetName,
            ["schema"] = TableId.MartsSchema,
        };

    private Relation Ref(Arguments arguments)
    {
        if (arguments.Named.Any(one => one.Key is "v" or "version"))
        {
            throw new TemplateException(
                "models have no versions here.",
                "Name the model by its file, and leave the version out."
            );
        }

        var bound = arguments.Bind("ref", 1, "package_or_model", "model");
        var model = bound.Text(bound.Has("model") ? "model" : "package_or_model");
        if (bound.Has("model") && bound.Text("package_or_model") is var package && package != _project.Name)
        {
            throw new TemplateException(
                $"ref('{package}', '{model}') names another package: packages are not installed.",
                _project.Name.Length == 0 ? $"Write ref('{model}')." : $"This project is '{_project.Name}'."
            );
        }

        _recorder.Ref(model);
        return new Relation(TableId.Mart(model), _engine);
    }

    private Relation Source(Arguments arguments)
    {
        var bound = arguments.Bind("source", 2, "source_name", "table_name");
        var table = TableId.Raw(bound.Text("source_name"), bound.Text("table_name"));
        _recorder.Source(table);
        return new Relation(table, _engine);
    }

    private object? Variable(ModelScope scope, BoundArguments bound)
    {
        var name = bound.Text("name");
        var bounds = scope.Interval.Id.Split('/');
        return name switch
        {
            "ds" => scope.Interval.Ds,
            "data_interval_start" => bounds[0],
            "data_interval_end" => bounds[1],
            _ when scope.Variables.TryGetValue(name, out var value) => PlainValue.ToTemplate(value),
            _ => BasicFunctions.Variable(name, _project.Variables, bound),
        };
    }

    private string Config(Arguments arguments)
    {
        var given = arguments.Positional switch
        {
            [] => [],
            [ValueMap map] => map.Items.Select(item => new KeyValuePair<string, object?>(
                PythonText.Of(item.Key),
                item.Value
            )),
            _ => throw new TemplateException("config() takes names with values: config(materialized='table')."),
        };
        foreach (var (key, value) in given.Concat(arguments.Named))
        {
            if (value is Undefined undefined)
            {
                throw undefined.ToException();
            }

            _recorder.Config(key, value, _interpreter!.Site.File, _interpreter.Site.Line);
        }

        return "";
    }

    private object? ConfigMember(string member) =>
        Members.Find(
            "config",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["get"] = new Function(
                    "config.get",
                    arguments =>
                    {
                        var bound = arguments.Bind("config.get", 1, "name", "default", "validator");
                        return _recorder.TryConfig(bound.Text("name"), out var value) ? value : bound.Get("default");
                    }
                ),
                ["require"] = new Function(
                    "config.require",
                    arguments =>
                        arguments.Bind("config.require", 1, "name", "validator").Text("name") is var name
                        && _recorder.TryConfig(name, out var value)
                            ? value
                            : throw new TemplateException(
                                $"the configuration has no '{name}'.",
                                $"Give it: config({name}=…)."
                            )
                ),
            },
            member
        );

    // The only thing of the adapter that needs no database: which of several macros belongs to the engine.
    private Func<string, object?> Adapter(ModelScope scope) =>
        member =>
            member == "dispatch"
                ? new Function(
                    "adapter.dispatch",
                    arguments =>
                    {
                        var bound = arguments.Bind("adapter.dispatch", 1, "macro_name", "macro_namespace");
                        var name = bound.Text("macro_name");
                        string[] candidates = [$"{scope.TargetType}__{name}", $"default__{name}"];
                        return
                            candidates.Select(_project.Macros.Find).FirstOrDefault(found => found is not null)
                                is { } macro
                            ? _interpreter!.FunctionOf(macro)
                            : throw new TemplateException(
                                $"there is no macro '{candidates[0]}' and no '{candidates[1]}'.",
                                Nearest.Suggest(candidates[0], _project.Macros.Names)
                            );
                    }
                )
                : throw NoWarehouse($"adapter.{member}");

    private static TemplateException NoWarehouse(string name) =>
        new(
            $"'{name}' needs a live warehouse: it is not part of the templates that are rendered here.",
            "A statement is rendered before anything runs, and from pinned inputs. Write it in SQL, or give the values with --vars."
        );
}
