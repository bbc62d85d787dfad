using System.Diagnostics;

namespace Sluice.Cli.Telemetry;

/// <summary>Hands the span at work to a process that is started in it, as W3C's trace context in the environment.</summary>
internal static class TraceParent
{
    private const string Name = "TRACEPARENT";

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>The variables for a process that is started now; none where nobody listens.</summary>
    public static IReadOnlyDictionary<string, string> Variables =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
            ? new Dictionary<string, string> { [Name] = id }
            : None;

    /// <summary>The span in which this process was started; that of none where there is no such span.</summary>
    public static ActivityContext OfThisProcess =>
        ActivityContext.TryParse(
            Environment.GetEnvironmentVariable(Name),
            traceState: null,
            isRemote: true,
            out var context
        )
            ? context
            : default;
}
