namespace Sluice.Cli.Demo;

/// <summary>Where a user is while the events are drawn.</summary>
internal sealed class VisitState
{
    /// <summary>Whose events they are.</summary>
    public required SampleUser User { get; init; }

    /// <summary>The id of the user's browser.</summary>
    public required string AnonymousId { get; init; }

    /// <summary>The session that goes on.</summary>
    public required string SessionId { get; set; }

    /// <summary>What is in the cart of that session.</summary>
    public required Product Product { get; set; }

    /// <summary>What led to the next page.</summary>
    public required string Referrer { get; set; }

    /// <summary>When the latest page was seen.</summary>
    public required DateTime PageAt { get; set; }

    /// <summary>Whether the sign-in is over.</summary>
    public bool IsSignedIn { get; set; }
}
