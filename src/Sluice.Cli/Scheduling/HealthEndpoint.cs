using System.Net;
using System.Text;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Scheduling;

/// <summary><c>/health</c> and <c>/metrics</c> over HTTP, as long as it is not disposed.</summary>
internal sealed class HealthEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly MeterProvider _metrics;

    /// <summary>Begins to listen.</summary>
    /// <param name="host">The address, or <c>*</c> for all.</param>
    /// <param name="port">The port.</param>
    /// <param name="health">Says how the process is.</param>
    /// <exception cref="PipelineException">It cannot listen there.</exception>
    public HealthEndpoint(string host, int port, Func<(bool IsWell, object Facts)> health)
    {
        var prefix = $"http://{host}:{port}/";
        try
        {
            _listener.Prefixes.Add(prefix + "health/");
            _listener.Start();
            _metrics = Sdk.CreateMeterProviderBuilder()
                .AddMeter(ExtractMetrics.Name, SchedulerMetrics.Name)
                .AddPrometheusHttpListener(options => (options.Host, options.Port) = (host, port))
                .Build();
        }
        catch (Exception failure) when (failure is HttpListenerException or ArgumentException)
        {
            throw new PipelineException($"Cannot listen on {prefix}: {failure.Message}", failure)
            {
                Hint = "Name another address with --listen, or 'none'.",
            };
        }

        _ = ServeAsync(health);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _listener.Close();
    }

    private async Task ServeAsync(Func<(bool IsWell, object Facts)> health)
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                var (isWell, facts) = health();
                context.Response.StatusCode = (int)(isWell ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(facts)));
                context.Response.Close();
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException or IOException)
            {
                // Whoever asked is gone, or nobody is to ask any more.
            }
        }
    }
}
