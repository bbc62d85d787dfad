using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>A server that keeps what it is asked, and answers as a test wants it.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<WebRequest> _received = new();
    private readonly Action<HttpListenerResponse> _answer;
    private readonly Task _listening;

    /// <summary>Begins to listen.</summary>
    /// <param name="answer">Fills an answer, which is then sent; 200 without a word by default.</param>
    public WebServer(Action<HttpListenerResponse>? answer = null)
    {
        _answer = answer ?? (_ => { });
        using (var port = new TcpListener(IPAddress.Loopback, 0))
        {
            port.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)port.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Where it is, without a path.</summary>
    public string Address { get; }

    /// <summary>What it was asked, the first first.</summary>
    public IReadOnlyList<WebRequest> Received => [.. _received];

    /// <summary>Writes the body of an answer.</summary>
    public static void Say(HttpListenerResponse answer, string? type, byte[] body)
    {
        answer.ContentType = type;
        answer.OutputStream.Write(body);
    }

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
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue(
                    new(
                        context.Request.HttpMethod,
                        context.Request.Url!.PathAndQuery,
                        context.Request.Headers.AllKeys.ToDictionary(
                            name => name!,
                            name => context.Request.Headers[name]!,
                            StringComparer.OrdinalIgnoreCase
                        ),
                        body.ToArray()
                    )
                );
                _answer(context.Response);
                context.Response.Close();
            }
        }
        catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }
}
