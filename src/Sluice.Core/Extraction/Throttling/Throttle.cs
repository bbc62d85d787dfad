namespace Sluice.Core.Extraction.Throttling;

/// <summary>Throttles that need no settings.</summary>
public static class Throttle
{
    /// <summary>Never waits and asks for full pages: for imports, where nobody else uses the source.</summary>
    public static IThrottle None { get; } = new NoThrottle();
}
