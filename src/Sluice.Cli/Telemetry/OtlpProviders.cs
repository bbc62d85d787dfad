using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sluice.Core.Extraction;

namespace Sluice.Cli.Telemetry;

/// <summary>Listens to what Sluice measures, and sends it by OTLP.</summary>
internal sealed class OtlpProviders : IDisposable
{
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public OtlpProviders(Func<string, string?> variable)
    {
        _traces = IsWanted("TRACES")
            ? Sdk.CreateTracerProviderBuilder()
                .ConfigureResource(Describe)
                .AddSource(ExtractMetrics.Name)
                .AddOtlpExporter()
                .Build()
            : null;
        _metrics = IsWanted("METRICS")
            ? Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(Describe)
                .AddMeter(ExtractMetrics.Name)
                .AddOtlpExporter()
                .Build()
            : null;

        bool IsWanted(string signal) =>
            !string.Equals(variable($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
            && !(
                string.IsNullOrWhiteSpace(variable("OTEL_EXPORTER_OTLP_ENDPOINT"))
                && string.IsNullOrWhiteSpace(variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
            );

        void Describe(ResourceBuilder resource)
        {
            // The user's own name for it comes from the variable, which the library reads.
            if (variable("OTEL_SERVICE_NAME") is null)
            {
                resource.AddService("sluice", serviceVersion: AppVersion.Text);
            }
        }
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
