using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Sluice.Core.Extraction;
using Sluice.Core.Scheduling.Service;

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
                .ConfigureResource(TelemetryResource.Describe)
                .AddSource(ExtractMetrics.Name, SchedulerMetrics.Name)
                .AddOtlpExporter()
                .Build()
            : null;
        _metrics = IsWanted("METRICS")
            ? Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(TelemetryResource.Describe)
                .AddMeter(ExtractMetrics.Name, SchedulerMetrics.Name)
                .AddOtlpExporter()
                .Build()
            : null;

        bool IsWanted(string signal) =>
            !string.Equals(variable($"OTEL_{signal}_EXPORTER"), "none", StringComparison.OrdinalIgnoreCase)
            && !(
                string.IsNullOrWhiteSpace(variable("OTEL_EXPORTER_OTLP_ENDPOINT"))
                && string.IsNullOrWhiteSpace(variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
            );
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
