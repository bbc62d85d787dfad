using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Dbt;

/// <summary>Names of dbt that mean nothing here, each with the reason; using one is an error, unlike asking whether it is defined.</summary>
internal static class RefusedNames
{
    private const string Warehouse =
        "A statement is rendered before anything runs, and from pinned inputs. Write it in SQL, or give the values with --vars.";

    private const string Now =
        "A statement is a function of its inputs, so that what did not change is not built again. Use var('ds'), var('data_interval_start') or var('data_interval_end').";

    private static readonly Dictionary<string, (string Problem, string Hint)> All = new(StringComparer.Ordinal)
    {
        ["api"] = ("needs a live warehouse", Warehouse),
        ["builtins"] = (
            "gives the functions that macros have replaced, and none can be replaced here",
            "Call ref, source or config itself."
        ),
        ["database"] = ("is a database, and tables of the lake lie in none", "Use target.schema, or this.schema."),
        ["dbt_version"] = ("is dbt's version, and dbt does not run here", "Remove it."),
        ["doc"] = ("belongs into descriptions", "Use it in a description of a schema.yml."),
        ["flags"] = ("are options of dbt's command line", "Use a variable: var('name', false)."),
        ["graph"] = (
            "is the graph of all models, which is made after the templates are read",
            "Name what you need with ref()."
        ),
        ["invocation_args_dict"] = ("are options of dbt's command line", "Use a variable: var('name', false)."),
        ["invocation_id"] = ("is another one in every run", Now),
        ["load_relation"] = ("needs a live warehouse", Warehouse),
        ["load_result"] = ("needs a live warehouse", Warehouse),
        ["model"] = ("is dbt's own record of the model", "Use this.name."),
        ["modules"] = ("are modules of Python", Now),
        ["run_query"] = ("needs a live warehouse", Warehouse),
        ["run_started_at"] = ("is another one in every run", Now),
        ["selected_resources"] = ("depends on the command line", "Use a variable: var('name', false)."),
        ["set"] = ("has no order, and a statement needs one", "Use a list, and | unique."),
        ["statement"] = ("needs a live warehouse", Warehouse),
        ["store_result"] = ("needs a live warehouse", Warehouse),
        ["thread_id"] = ("is another one in every run", Now),
        ["varargs"] = ("is known inside of macros only", "Remove it."),
    };

    public static Undefined? Find(string name) =>
        All.TryGetValue(name, out var reason)
            ? new Undefined(
                $"'{name}' {reason.Problem}: it is not part of the templates that are rendered here.",
                () => reason.Hint
            )
            : null;
}
