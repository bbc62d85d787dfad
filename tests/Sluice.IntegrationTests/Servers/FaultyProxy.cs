using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.Servers;

/// <summary>A bad network before a server: it forwards connections, and breaks them where it is told to.</summary>
internal sealed class FaultyProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Func<ProxyCut?> _next;
    private readonly TaskCompletionSource _firstCut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _cuts;
    private long _bytes;

    /// <summary>Begins to listen.</summary>
    /// <param name="target">The server's port.</param>
    /// <param name="next">Says for each connection where it is cut; null for nowhere. One call at a time.</param>
    public FaultyProxy(int target, Func<ProxyCut?> next)
    {
        (_target, _next) = (target, next);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Bytes of the server's that were forwarded.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Ends when a connection was cut and its sockets are closed.</summary>
    public Task FirstCut => _firstCut.Task;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token), _next());
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException) { }
    }

    private async Task ServeAsync(Socket client, ProxyCut? cut)
    {
        if (await ForwardAsync(client, cut))
        {
            _firstCut.TrySetResult();
        }
    }

    private async Task<bool> ForwardAsync(Socket client, ProxyCut? cut)
    {
        using (client)
        using (var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, end.Token);
                var asking = AskAsync(client, server, end);
                var isCut = await PumpAsync(
                    server,
                    client,
                    cut?.AfterBytes,
                    count => Interlocked.Add(ref _bytes, count),
                    end.Token
                );
                // What the client still asks is not answered.
                await end.CancelAsync();
                await asking;
                if (isCut)
                {
                    Interlocked.Increment(ref _cuts);
                    await BreakAsync(client, cut!.Value.Fault);
                }

                return isCut;
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException)
            {
                // One side has left.
                return false;
            }
        }
    }

    private static async Task AskAsync(Socket client, Socket server, CancellationTokenSource end)
    {
        try
        {
            await PumpAsync(client, server, bytes: null, forwarded: null, end.Token);
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            await end.CancelAsync();
        }
    }

    // Forwards so many bytes, or all. Gives whether they came.
    private static async Task<bool> PumpAsync(
        Socket from,
        Socket to,
        long? bytes,
        Action<int>? forwarded,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[64 << 10];
        while (bytes is not 0)
        {
            var room = (int)Math.Min(bytes ?? long.MaxValue, buffer.Length);
            var read = await from.ReceiveAsync(buffer.AsMemory(0, room), cancellationToken);
            if (read == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return false;
            }

            for (var sent = 0; sent < read; )
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), cancellationToken);
            }

            bytes -= read;
            forwarded?.Invoke(read);
        }

        return true;
    }

    private async Task BreakAsync(Socket client, ProxyFault fault)
    {
        switch (fault)
        {
            case ProxyFault.Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                break;
            case ProxyFault.Reset:
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                break;
            case ProxyFault.Close:
                client.Shutdown(SocketShutdown.Send);
                // What is not read would turn the close into a reset.
                while (await client.ReceiveAsync(new byte[1 << 10], _stop.Token) > 0) { }
                break;
        }
    }
}
