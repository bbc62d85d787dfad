namespace Sluice.Cli.Demo;

/// <summary>A row of <c>events</c>, except for its key.</summary>
internal sealed record SampleEvent
{
    /// <summary>
    /// The sender's id: two rows with the same one are one event that was sent twice.
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>The user, or null before the sign-in.</summary>
    public required long? UserId { get; init; }

    /// <summary>The id that the browser keeps, the same before and after the sign-in.</summary>
    public required string AnonymousId { get; init; }

    /// <summary>The cart session.</summary>
    public required string SessionId { get; init; }

    /// <summary>The product in the cart.</summary>
    public required string Product { get; init; }

    /// <summary><c>page</c>, <c>sign_in</c> or <c>sign_out</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The page of a <c>page</c> event, otherwise null.</summary>
    public required string? Page { get; init; }

    /// <summary>When it happened (UTC, whole milliseconds, like the other two times).</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>When the browser sent it.</summary>
    public required DateTime SentAt { get; init; }

    /// <summary>When the collector received it.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>The user's device.</summary>
    public required string Device { get; init; }

    /// <summary>The user's channel.</summary>
    public required string Channel { get; init; }

    /// <summary>A JSON object.</summary>
    public required string Properties { get; init; }
}
