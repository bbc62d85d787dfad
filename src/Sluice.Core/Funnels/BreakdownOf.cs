namespace Sluice.Core.Funnels;

/// <summary>Whose property a breakdown takes.</summary>
public enum BreakdownOf
{
    /// <summary>The user's where the user has it, else the event's.</summary>
    Any,

    /// <summary>The user's, as it was at the entry.</summary>
    User,

    /// <summary>The event's; <see cref="Attribution"/> says which event's.</summary>
    Event,

    /// <summary>The entry's time.</summary>
    Entry,
}
