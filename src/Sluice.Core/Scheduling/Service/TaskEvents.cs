using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;

namespace Sluice.Core.Scheduling.Service;

/// <summary>What is told of tasks.</summary>
internal static class TaskEvents
{
    /// <summary>What is told of the end of a try; null for one that was handed back, which is no news.</summary>
    /// <param name="ended">The end.</param>
    /// <param name="instance">The task as it is by it; null where it came too late to count.</param>
    public static TaskEvent? Of(TaskTryEnd ended, TaskInstance? instance)
    {
        var (dag, task) = (ended.Try.Dag.Id, ended.Try.Task);
        return instance is null ? Note("Someone else has the task by now: what came of this try does not count.")
            : ended.Kind == TaskTryEndKind.Stopped ? null
            : ended.Kind == TaskTryEndKind.Lost ? Note(ended.Failure!.Message)
            : new TaskEvent.Ended(dag, task, instance.State, ended.Elapsed)
            {
                Run = ended.Try.Run,
                Outcome = ended.Outcome,
                Failure = ended.Failure,
            };

        TaskEvent Note(string text) => new TaskEvent.Noted(dag, task, text) { Run = ended.Try.Run };
    }

    /// <summary>What is told of a task that came to an end without having run.</summary>
    public static TaskEvent Of(DagDefinition dag, DagRun run, TaskDefinition task)
    {
        var instance = run.Task(task.Id);
        return new TaskEvent.Ended(dag.Id, task, instance.State, TimeSpan.Zero)
        {
            Run = run,
            Outcome = instance.State == TaskState.Success ? new() : null,
            Failure =
                instance.State == TaskState.Failed
                    ? new PipelineException(instance.Reason!)
                    {
                        Hint = "Mend what failed there and run again: what was loaded stays loaded.",
                    }
                    : null,
        };
    }
}
