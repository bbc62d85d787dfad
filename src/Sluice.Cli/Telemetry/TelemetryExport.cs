namespace Sluice.Cli.Telemetry;

/// <summary>
/// Sends traces and metrics to an OpenTelemetry collector, if the standard variables name one. They also say how: protocol,
/// headers, interval, name of the service.
/// </summary>
internal static class TelemetryExport
{
    private static readonly string[] Endpoints =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
    ];

    /// <summary>Begins to export; disposing the result sends what is left. Null where nobody asked for it.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static IDisposable? Start(Func<string, string?> variable)
    {
        var isOff = string.Equals(variable("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase);
        var isWanted = Endpoints.Any(name => !string.IsNullOrWhiteSpace(variable(name)));
        // In a class of its own: the library is loaded where it is used, and takes no time of other starts.
        return isWanted && !isOff ? new OtlpProviders(variable) : null;
    }
}
