namespace Sluice.Core.Funnels.Evaluation;

/// <summary>The attempts that the events of one group can make.</summary>
internal interface IAttempts
{
    /// <summary>The first instant at which one begins; null where none does.</summary>
    long? FirstEntry { get; }

    /// <summary>All.</summary>
    IEnumerable<Attempt> All();

    /// <summary>Those that begin at <see cref="FirstEntry"/>.</summary>
    IEnumerable<Attempt> OfFirstEntry();

    /// <summary>One after the other: the next begins after the last has ended, with an event that it did not use.</summary>
    IEnumerable<Attempt> OneAfterTheOther();
}
