using Sluice.Core.Extraction;

namespace Sluice.IntegrationTests.Servers;

/// <summary>The servers by the names of their kinds, for theories over all of them.</summary>
internal static class DatabaseServers
{
    /// <summary>A new, empty database. The test is skipped where there is no such server.</summary>
    public static async Task<IServerDatabase> CreateAsync(
        this SourceKind kind,
        PostgreSqlServer postgres,
        MariaDbServer mariaDb
    ) => kind == SourceKind.PostgreSql ? postgres.CreateDatabase() : await mariaDb.CreateAsync();
}
