namespace Sluice.Cli.Demo;

/// <summary>A row of <c>users</c> and the steps that the user reached.</summary>
internal sealed record SampleUser
{
    /// <summary>The key; it says nothing about the order of users.</summary>
    public required long UserId { get; init; }

    /// <summary>The UTC day of the first visit.</summary>
    public required DateOnly FirstVisit { get; init; }

    /// <summary><c>Desktop</c> or <c>Mobile</c>.</summary>
    public required string Device { get; init; }

    /// <summary><c>Female</c> or <c>Male</c>.</summary>
    public required string Sex { get; init; }

    /// <summary>What brought the user here: <c>search</c> or <c>paid_ads</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The steps; step 1 is always among them.</summary>
    public required StepSet Steps { get; init; }
}
