namespace Sluice.Core.Scheduling;

/// <summary>Who is told of a run that failed or is late.</summary>
public abstract record Callback
{
    private Callback() { }

    /// <summary>A POST of what happened, as JSON.</summary>
    public sealed record Webhook(string Url) : Callback;

    /// <summary>A command of the system's shell; what happened is in its environment.</summary>
    public sealed record Command(string Text) : Callback;
}
