namespace Sluice.Core.Funnels;

/// <summary>How the rows of a model are read as events.</summary>
public sealed record EventTable
{
    /// <summary>The column with the event's name.</summary>
    public string Event { get; init; } = "event";

    /// <summary>The column with the event's time; null for a table without times, which only an open funnel can read.</summary>
    public string? Time { get; init; }

    /// <summary>The column that says whose event it is.</summary>
    public string User { get; init; } = "user_id";

    /// <summary>The column with the session; null where there is none.</summary>
    public string? Session { get; init; }

    /// <summary>The column with further properties as a JSON object; null where there is none.</summary>
    public string? Properties { get; init; }
}
