using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Scheduling.States;

namespace Sluice.Tests.Core.Scheduling;

public sealed class TaskStatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    // What a task may become by itself. All else is refused.
    private static readonly Dictionary<string, string> Table = new(StringComparer.Ordinal)
    {
        ["none"] = "deferred queued success upstream_failed skipped",
        ["deferred"] = "up_for_retry success failed skipped",
        ["queued"] = "none running",
        ["running"] = "none up_for_retry success failed skipped",
        ["up_for_retry"] = "deferred queued upstream_failed skipped",
        ["success"] = "",
        ["failed"] = "",
        ["upstream_failed"] = "",
        ["skipped"] = "",
    };

    public static TheoryData<TaskState, TaskState, bool> Changes
    {
        get
        {
            var changes = new TheoryData<TaskState, TaskState, bool>();
            foreach (var from in Enum.GetValues<TaskState>())
            {
                foreach (var to in Enum.GetValues<TaskState>())
                {
                    changes.Add(from, to, Table[from.ToName()].Split(' ').Contains(to.ToName()));
                }
            }

            return changes;
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public void A_task_changes_as_the_table_says_and_not_otherwise(TaskState from, TaskState to, bool may)
    {
        var task = new TaskInstance(from, Now);

        Assert.Equal(may, from.MayBecome(to));
        if (may)
        {
            Assert.Equal(to, task.Become(to, Now).State);
        }
        else
        {
            var refused = Assert.Throws<InvalidOperationException>(() => task.Become(to, Now));
            Assert.Equal($"A task that is {from.ToName()} does not become {to.ToName()}.", refused.Message);
        }
    }

    [Fact]
    public void Each_state_has_its_own_name_and_is_found_by_it()
    {
        var states = Enum.GetValues<TaskState>();

        Assert.Equal(Table.Keys, states.Select(state => state.ToName()));
        Assert.Equal(states, states.Select(state => TaskStates.Find(state.ToName())!.Value));
        Assert.Null(TaskStates.Find("removed"));
    }

    [Fact]
    public void What_is_over_holds_no_slot_and_becomes_nothing_else()
    {
        string[] over = ["success", "failed", "upstream_failed", "skipped"];
        string[] holding = ["queued", "running"];
        var states = Enum.GetValues<TaskState>();

        Assert.Equal(over, states.Where(state => state.IsFinished()).Select(state => state.ToName()));
        Assert.Equal(holding, states.Where(state => state.HoldsSlot()).Select(state => state.ToName()));
    }
}
