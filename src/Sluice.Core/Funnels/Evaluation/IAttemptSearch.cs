namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Looks for the attempts of one group of a unit, instant by instant.</summary>
internal interface IAttemptSearch
{
    /// <summary>The first instant at or after one at which an attempt can begin with an event not used; the number of instants where none can.</summary>
    int NextEntry(int from, UsedEvents used);

    /// <summary>Offers each attempt that begins at an instant.</summary>
    void BestAt(int instant, UsedEvents used, AttemptChoice choice);
}
