using System.Text.RegularExpressions;
using Sluice.Core.Scheduling;
using Sluice.Core.Scheduling.States;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads one task of a DAG.</summary>
internal static partial class TaskReader
{
    /// <summary>What an id may be.</summary>
    public const string IdHint = "An id has letters, digits, _, - and ., at most 200 of them, and is not '.' or '..'.";

    private static readonly string[] OfAll = ["depends_on", "trigger_rule", .. TaskPolicyReader.Keys];

    /// <summary>Whether a text is an id by Airflow's rule, and names a file: of a log, of what is exported.</summary>
    public static bool IsId(string text) => Id().IsMatch(text);

    /// <summary>The task; one that is wrong is read as an empty one, so that others find it.</summary>
    /// <param name="tasks">The tasks of the DAG.</param>
    /// <param name="id">Which of them.</param>
    /// <param name="dag">The DAG, its tasks not read.</param>
    /// <param name="defaults">A task that has what <c>default_args</c> says.</param>
    /// <param name="scope">The project around it.</param>
    public static TaskDefinition Read(
        YamlMap tasks,
        string id,
        DagDefinition dag,
        TaskDefinition defaults,
        DagScope scope
    )
    {
        var task = defaults with { Id = id };
        if (!IsId(id))
        {
            tasks.Report(id, $"a task cannot be called '{id}'.", IdHint);
        }

        if (tasks.Map(id) is not { } yaml)
        {
            tasks.Report(id, $"the task '{id}' says nothing.", KindHint);
            return task;
        }

        task = TaskPolicyReader.Over(yaml, task, scope) with
        {
            Work = ReadWork(yaml, id, dag, scope) ?? new TaskWork.Empty(),
            Upstream = [.. yaml.Items("depends_on").Select(item => item.Text ?? "").Distinct(StringComparer.Ordinal)],
            TriggerRule = yaml.Choice("trigger_rule", TriggerRule.AllSuccess),
        };
        if (ModelTasks.IsOfModels(task) && task.TriggerRule != TriggerRule.AllSuccess)
        {
            yaml.Report(
                "trigger_rule",
                "a model is built from what succeeded: its task has no other trigger_rule than all_success.",
                "Let it depend on an empty task that has the rule."
            );
        }

        return task;
    }

    private static string KindHint =>
        $"A task is one of: {string.Join(", ", TaskKinds.All.Select(kind => kind.Key))}; for example {{shell: \"echo {{{{ ds }}}}\"}}.";

    private static TaskWork? ReadWork(YamlMap yaml, string id, DagDefinition dag, DagScope scope)
    {
        switch (TaskKinds.All.Where(kind => yaml.Has(kind.Key)).ToList())
        {
            case [var kind]:
                yaml.Allow([kind.Key, .. kind.Others, .. OfAll]);
                return kind.Read(yaml, dag, scope);
            case []:
                // A misspelt kind is told as a key that is not known.
                string[] known = [.. TaskKinds.All.Select(kind => kind.Key), .. OfAll];
                yaml.Allow(known);
                if (yaml.Keys.All(key => known.Contains(key.Key, StringComparer.Ordinal)))
                {
                    yaml.Report(null, $"the task '{id}' does not say what it does.", KindHint);
                }

                return null;
            case var several:
                yaml.Report(
                    several[1].Key,
                    $"the task '{id}' is of several kinds: {string.Join(", ", several.Select(kind => kind.Key))}.",
                    "Write a task for each, and put them in order by depends_on."
                );
                return null;
        }
    }

    [GeneratedRegex(@"\A(?!\.{1,2}\z)[A-Za-z0-9_.-]{1,200}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Id();
}
