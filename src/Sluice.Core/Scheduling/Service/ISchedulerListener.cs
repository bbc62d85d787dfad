using Sluice.Core.Scheduling.Runs;

namespace Sluice.Core.Scheduling.Service;

/// <summary>Told what happens to runs.</summary>
public interface ISchedulerListener : IProgress<TaskEvent>
{
    /// <summary>A run is over.</summary>
    void RunEnded(DagDefinition dag, DagRun run);

    /// <summary>A run is not done by its deadline.</summary>
    void RunLate(LateRun late);

    /// <summary>The project was changed, and is planned as it is now.</summary>
    void ProjectChanged(DagSet dags);

    /// <summary>The project was changed and cannot be read: what is at work goes on, and nothing is started.</summary>
    void ProjectBroken(DefinitionException wrong);

    /// <summary>The store could not be used; it is tried again.</summary>
    void StoreFailed(PipelineException failure, TimeSpan pause);
}
