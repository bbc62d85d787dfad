using Sluice.Core.Funnels.Evaluation;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Told of each unit as it is counted, by several threads at once.</summary>
internal interface IUnitWatcher
{
    /// <summary>A unit was counted.</summary>
    void Counted(UnitEvents unit, UnitOutcome outcome);
}
