using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.Runs;

/// <summary>Takes what is sent to it by OTLP over HTTP, and keeps it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly Task _listening;
    private readonly string _address;

    public OtlpCollector()
    {
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{_address}/");
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>The variables that name it.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };

    /// <summary>What came to a path.</summary>
    public IReadOnlyList<byte[]> BodiesOf(string path) =>
        [.. _received.Where(request => request.Path == path).Select(request => request.Body)];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _listening;
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var request = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await request.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((request.Request.Url!.AbsolutePath, body.ToArray()));
                request.Response.StatusCode = 200;
                request.Response.Close();
            }
        }
        catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
