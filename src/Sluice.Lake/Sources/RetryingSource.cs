using Polly;
using Polly.Retry;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.Sources;

/// <summary>
/// A session that is opened anew when the database fails for a moment: the call is made again, after a growing pause. What is not
/// transient is thrown at once. A table that is read by one statement cannot go on in another session, and is not tried again.
/// </summary>
/// <param name="open">Opens a session.</param>
/// <param name="pipeline">How often, and with which pauses.</param>
internal sealed class RetryingSource(Func<CancellationToken, Task<ISource>> open, ResiliencePipeline pipeline) : ISource
{
    private ISource? _session;
    private SourceTable? _table;
    private bool _isStreaming;

    public IRangeDigests? Digests => _session?.Digests is null ? null : new RetryingDigests(this);

    /// <summary>Five attempts over about half a minute: 1, 2, 4 and 8 seconds and some chance between them.</summary>
    public static ResiliencePipeline Usual(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<PipelineException>(failure => failure.IsTransient),
                    MaxRetryAttempts = 4,
                    Delay = TimeSpan.FromSeconds(1),
                    MaxDelay = TimeSpan.FromSeconds(15),
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                }
            )
            .Build();

    /// <summary>Opens the first session, so that what is wrong with the connection shows at once.</summary>
    public async Task<RetryingSource> OpenAsync(CancellationToken cancellationToken)
    {
        await CallAsync((_, _) => Task.FromResult(true), cancellationToken);
        return this;
    }

    public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default) =>
        CallAsync((session, stop) => session.ReadClockAsync(stop), cancellationToken);

    public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
        CallAsync((session, stop) => session.ListTablesAsync(stop), cancellationToken);

    public Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default) =>
        CallAsync(
            (session, stop) =>
            {
                _table = table;
                return session.DescribeAsync(table, stop);
            },
            cancellationToken
        );

    public async Task<SourceBound?> ReadPageAsync(
        PageRequest request,
        RowPage page,
        CancellationToken cancellationToken = default
    )
    {
        if (request.Order.Count == 0)
        {
            // The open statement is in this session and in no other.
            var first = !_isStreaming;
            _isStreaming = true;
            var next = first
                ? await ReadAsync(request, page, cancellationToken)
                : await _session!.ReadPageAsync(request, page, cancellationToken);
            _isStreaming = next is not null;
            return next;
        }

        return await ReadAsync(request, page, cancellationToken);
    }

    public SourceBound BoundAt(SourceColumn cursor, long value) =>
        (_session ?? throw new InvalidOperationException("The source was never open.")).BoundAt(cursor, value);

    public Task<long?> ReadGreatestAsync(
        SourceShape shape,
        SourceColumn cursor,
        CancellationToken cancellationToken = default
    ) => CallAsync((session, stop) => session.ReadGreatestAsync(shape, cursor, stop), cancellationToken);

    public Task<IReadOnlyList<SourceBound>> SplitAsync(
        PageRequest request,
        int parts,
        CancellationToken cancellationToken = default
    ) => CallAsync((session, stop) => session.SplitAsync(request, parts, stop), cancellationToken);

    public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default) =>
        CallAsync((session, stop) => session.ReadLoadAsync(stop), cancellationToken);

    public Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default) =>
        CallAsync((session, stop) => session.ReadNumberAsync(sql, stop), cancellationToken);

    public Task<IReadOnlyList<string>> FindMissingRightsAsync(
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken = default
    ) => CallAsync((session, stop) => session.FindMissingRightsAsync(tables, stop), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync();
        }
    }

    private Task<SourceBound?> ReadAsync(PageRequest request, RowPage page, CancellationToken cancellationToken) =>
        CallAsync(
            (session, stop) =>
            {
                // What a failed attempt has read so far is read again.
                page.Clear();
                return session.ReadPageAsync(request, page, stop);
            },
            cancellationToken
        );

    // Another session has other digests.
    private sealed class RetryingDigests(RetryingSource owner) : IRangeDigests
    {
        public DigestForm? FormOf(SourceShape shape, SourceColumn column) =>
            owner._session?.Digests?.FormOf(shape, column);

        public Task<RangeDigest> ReadAsync(PageRequest request, CancellationToken cancellationToken = default) =>
            owner.CallAsync((session, stop) => session.Digests!.ReadAsync(request, stop), cancellationToken);
    }

    private async Task<T> CallAsync<T>(
        Func<ISource, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    ) =>
        await pipeline.ExecuteAsync(
            async stop =>
            {
                try
                {
                    if (_session is null)
                    {
                        _session = await open(stop);
                        // A session may keep what it learned of the table.
                        _ = _table is null ? null : await _session.DescribeAsync(_table, stop);
                    }

                    return await call(_session, stop);
                }
                catch (PipelineException failure) when (failure.IsTransient)
                {
                    await DisposeAsync();
                    throw;
                }
            },
            cancellationToken
        );
}
