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
        return task with
        {
            Retry = Retry(yaml, task.Retry),
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

    private static RetryPolicy Retry(YamlMap yaml, RetryPolicy before)
    {
        var retry = before with
        {
            Retries = yaml.Number("retries", before.Retries, 0, MostRetries),
            Delay = yaml.Duration("retry_delay", orZero: true) ?? before.Delay,
            IsExponential = yaml.Flag("retry_exponential_backoff", before.IsExponential),
            MaxDelay = yaml.Duration("max_retry_delay") ?? before.MaxDelay,
        };
        // What is wrong in default_args is told there, and not of each task.
        if (retry != before && retry.IsExponential && retry.Delay > retry.MaxDelay)
        {
            yaml.Report(
                Array.Find(["retry_delay", "max_retry_delay", "retry_exponential_backoff"], yaml.Has),
                "'retry_delay' is longer than 'max_retry_delay', the longest wait when it doubles.",
                "Write a longer max_retry_delay; it is 1d where nothing is written."
            );
        }

        return retry;
    }

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
