namespace Sluice.Core.Scheduling.Runs;

/// <summary>What waits can see of the runs of other DAGs.</summary>
public interface IRunStates
{
    /// <summary>The run of a DAG whose interval begins at an instant; null where there is none.</summary>
    DagRun? Find(string dagId, DateTimeOffset start);
}
