using OpenTelemetry.Resources;

namespace Sluice.Cli.Telemetry;

/// <summary>Says who measures, in what is sent and in <c>/metrics</c>.</summary>
internal static class TelemetryResource
{
    /// <summary>The service is <c>sluice</c>, unless <c>OTEL_SERVICE_NAME</c> or <c>OTEL_RESOURCE_ATTRIBUTES</c> name another.</summary>
    public static void Describe(ResourceBuilder resource) =>
        resource.AddService("sluice", serviceVersion: AppVersion.Text).AddEnvironmentVariableDetector();
}
