using System.Net;
using System.Text.Json;
using Sluice.Cli.Telemetry;
using Sluice.Core;

namespace Sluice.Cli.Scheduling;

/// <summary><c>/health</c> and <c>/metrics</c> over HTTP, as long as it is not disposed.</summary>
internal sealed class HealthEndpoint : IDisposable
{
    private const string Json = "application/json";

    private readonly HttpListener _listener = new();
    private readonly MetricsPage _metrics = new();
    private readonly Func<(bool IsWell, object Facts)> _health;

    /// <summary>Begins to listen.</summary>
    /// <param name="host">The address, or <c>*</c> for all.</param>
    /// <param name="port">The port.</param>
    /// <param name="health">Says how the process is.</param>
    /// <exception cref="PipelineException">It cannot listen there.</exception>
    public HealthEndpoint(string host, int port, Func<(bool IsWell, object Facts)> health)
    {
        _health = health;
        try
        {
            foreach (var name in NamesOf(host))
            {
                _listener.Prefixes.Add($"http://{name}:{port}/");
            }

            _listener.Start();
        }
        catch (Exception failure) when (failure is HttpListenerException or ArgumentException)
        {
            _metrics.Dispose();
            throw new PipelineException($"Cannot listen on http://{host}:{port}/: {failure.Message}", failure)
            {
                Hint = "Name another address with --listen, or 'none'.",
            };
        }

        _ = ListenAsync();
    }

    public void Dispose()
    {
        _listener.Close();
        _metrics.Dispose();
    }

    // A request is answered where its Host is a name that is listened to, and this machine has two.
    private static string[] NamesOf(string host) =>
        host is "localhost" or "127.0.0.1" ? ["localhost", "127.0.0.1"] : [host];

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
            {
                // Nobody is to ask any more.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        try
        {
            var (status, type, body) = await AnswerAsync(request);
            (response.StatusCode, response.ContentType, response.ContentLength64) = ((int)status, type, body.Length);
            if (status == HttpStatusCode.MethodNotAllowed)
            {
                response.AddHeader("Allow", "GET, HEAD");
            }

            if (request.HttpMethod != "HEAD")
            {
                await response.OutputStream.WriteAsync(body);
            }

            response.Close();
        }
        catch (Exception failure)
            when (failure is HttpListenerException or HttpRequestException or ObjectDisposedException or IOException)
        {
            // Whoever asked is gone, or this is.
            response.Abort();
        }
    }

    private async Task<(HttpStatusCode Status, string? Type, byte[] Body)> AnswerAsync(HttpListenerRequest request)
    {
        var path = request.Url?.AbsolutePath.TrimEnd('/');
        if (path is not ("/health" or "/metrics"))
        {
            return Refusal(HttpStatusCode.NotFound, "There are /health and /metrics.");
        }

        if (request.HttpMethod is not ("GET" or "HEAD"))
        {
            return Refusal(HttpStatusCode.MethodNotAllowed, "It is asked with GET.");
        }

        if (path == "/metrics")
        {
            return await _metrics.ReadAsync(request.Headers["Accept"]);
        }

        var (isWell, facts) = _health();
        var status = isWell ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable;
        return (status, Json, JsonSerializer.SerializeToUtf8Bytes(facts));
    }

    private static (HttpStatusCode, string?, byte[]) Refusal(HttpStatusCode status, string error) =>
        (status, Json, JsonSerializer.SerializeToUtf8Bytes(new { error }));
}
