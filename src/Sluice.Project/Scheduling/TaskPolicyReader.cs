using Sluice.Core;
using Sluice.Core.Scheduling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads what any task may say of how it is run, and <c>default_args</c> for all tasks of a DAG.</summary>
internal static class TaskPolicyReader
{
    private const int MostRetries = 1_000;
    private const int MostWeight = 1_000_000;

    /// <summary>The keys.</summary>
    public static readonly string[] Keys =
    [
        "retries",
        "retry_delay",
        "retry_exponential_backoff",
        "max_retry_delay",
        "execution_timeout",
        "pool",
        "priority_weight",
    ];

    /// <summary>The task with what is written over what it was.</summary>
    public static TaskDefinition Over(YamlMap yaml, TaskDefinition task, DagScope scope)
    {
        var retry = task.Retry;
        return task with
        {
            Retry = retry with
            {
                Retries = yaml.Number("retries", retry.Retries, 0, MostRetries),
                Delay = yaml.Duration("retry_delay", orZero: true) ?? retry.Delay,
                IsExponential = yaml.Flag("retry_exponential_backoff", retry.IsExponential),
                MaxDelay = yaml.Duration("max_retry_delay") ?? retry.MaxDelay,
            },
            ExecutionTimeout = yaml.Duration("execution_timeout") ?? task.ExecutionTimeout,
            Pool = Pool(yaml, scope) ?? task.Pool,
            PriorityWeight = yaml.Number("priority_weight", task.PriorityWeight, 1, MostWeight),
        };
    }

    /// <summary>A task, run as another is.</summary>
    public static TaskDefinition As(TaskDefinition other, TaskDefinition task) =>
        task with
        {
            Retry = other.Retry,
            ExecutionTimeout = other.ExecutionTimeout,
            Pool = other.Pool,
            PriorityWeight = other.PriorityWeight,
        };

    private static string? Pool(YamlMap yaml, DagScope scope)
    {
        var known = scope.Project.Pools.Keys.Append(Pools.Default);
        if (yaml.Text("pool") is { } name && !known.Contains(name, StringComparer.Ordinal))
        {
            yaml.Report(
                "pool",
                $"there is no pool '{name}'.",
                $"{Nearest.Suggest(name, known)} A pool is written under pools: with its slots."
            );
            return null;
        }

        return yaml.Text("pool");
    }
}
