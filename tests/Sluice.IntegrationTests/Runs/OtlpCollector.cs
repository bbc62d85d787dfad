using Sluice.IntegrationTests.Scheduling;

namespace Sluice.IntegrationTests.Runs;

/// <summary>Takes what is sent to it by OTLP over HTTP, and keeps it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebServer _server = new();

    /// <summary>The variables that name it.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };

    /// <summary>What came to a path.</summary>
    public IReadOnlyList<byte[]> BodiesOf(string path) =>
        [.. _server.Received.Where(request => request.Path == path).Select(request => request.Bytes)];

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
