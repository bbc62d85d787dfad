using Sluice.Core.Extraction;

namespace Sluice.IntegrationTests.Servers;

/// <summary>A server of one test's own, which crashes and comes back at the same place.</summary>
internal abstract class MortalServer : IAsyncDisposable
{
    /// <summary>A server of the kind; nothing runs before a database is made.</summary>
    public static MortalServer Of(SourceKind kind) =>
        kind == SourceKind.PostgreSql ? new OfPostgreSql() : new OfMariaDb();

    public abstract Task<IServerDatabase> CreateAsync();

    public abstract Task CrashAsync();

    public abstract Task StartAsync();

    public abstract ValueTask DisposeAsync();

    private sealed class OfPostgreSql : MortalServer
    {
        private readonly PostgreSqlServer _server = new();

        public override Task<IServerDatabase> CreateAsync() =>
            Task.FromResult<IServerDatabase>(_server.CreateDatabase());

        public override Task CrashAsync()
        {
            _server.Crash();
            return Task.CompletedTask;
        }

        public override Task StartAsync()
        {
            _server.StartAgain();
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            _server.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class OfMariaDb : MortalServer
    {
        private readonly MariaDbServer _server = new();

        public override async Task<IServerDatabase> CreateAsync()
        {
            var database = await _server.CreateAsync();
            // What it has acknowledged outlives it.
            await database.RunAsync("set global innodb_flush_log_at_trx_commit = 1");
            return database;
        }

        public override Task CrashAsync() => _server.KillAsync();

        public override Task StartAsync() => _server.StartAsync();

        public override ValueTask DisposeAsync() => _server.DisposeAsync();
    }
}
