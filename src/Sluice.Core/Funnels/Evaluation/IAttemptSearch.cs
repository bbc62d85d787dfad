namespace Sluice.Core.Funnels.Evaluation;

/// <summary>Looks for the attempts of one group of a unit, instant by instant.</summary>
internal interface IAttemptSearch
{
    /// <summary>The first instant at which an attempt can begin with an event not used; the number of instants where none can.</summary>
    /// <param name="from">The instant to begin with.</param>
    /// <param name="until">The first instant at which none may begin any more.</param>
    /// <param name="used">The events used.</param>
    int NextEntry(int from, int until, UsedEvents used);

    /// <summary>Offers each attempt that begins at an instant.</summary>
    void BestAt(int instant, UsedEvents used, AttemptChoice choice);
}
