using System.Net;
using System.Net.Sockets;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Sluice.Core.Extraction;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Telemetry;

/// <summary>What is measured, as Prometheus reads it.</summary>
/// <remarks>
/// The library serves it under a single name, and not under all that a machine has. It does so on a port of this machine alone, and
/// the page is read from there.
/// </remarks>
internal sealed class MetricsPage : IDisposable
{
    private const int MostAttempts = 5;

    private readonly MeterProvider _metrics;
    private readonly HttpClient _client = new();
    private readonly Uri _place;

    /// <summary>Begins to listen to what is measured.</summary>
    public MetricsPage() => (_metrics, _place) = Serve(MostAttempts);

    /// <summary>Reads the page.</summary>
    /// <param name="accept">The formats that are wanted, as the header says; null for any.</param>
    public async Task<(HttpStatusCode Status, string? ContentType, byte[] Body)> ReadAsync(string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _place);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await _client.SendAsync(request);
        return (
            answer.StatusCode,
            answer.Content.Headers.ContentType?.ToString(),
            await answer.Content.ReadAsByteArrayAsync()
        );
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _client.Dispose();
    }

    private static (MeterProvider Metrics, Uri Place) Serve(int attempts)
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        try
        {
            var metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureResource(TelemetryResource.Describe)
                .AddMeter(ExtractMetrics.Name, SchedulerMetrics.Name)
                .AddPrometheusHttpListener(options => (options.Host, options.Port) = ("127.0.0.1", port))
                .Build();
            return (metrics, new UriBuilder("http", "127.0.0.1", port, "metrics").Uri);
        }
        catch (InvalidOperationException) when (attempts > 1)
        {
            // Someone else was faster to take the port.
            return Serve(attempts - 1);
        }
    }
}
