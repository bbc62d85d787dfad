namespace Sluice.Core.Journeys;

/// <summary>What a shard says of a user in one byte. Bits that are not named here are 0.</summary>
[Flags]
public enum JourneyMarks
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Two of the user's events have the same time, so that their order in the shard says nothing.</summary>
    EqualInstants = 1,
}
