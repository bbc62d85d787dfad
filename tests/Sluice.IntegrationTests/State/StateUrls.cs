using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.State;

internal static class StateUrls
{
    /// <summary>The address of a run store in a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="port">Where it is reached, if not directly.</param>
    /// <param name="user">Who comes; null for the superuser.</param>
    /// <param name="password">With which password; null for the right one.</param>
    public static string StateUrl(
        this PostgreSqlDatabase database,
        int? port = null,
        string? user = null,
        string? password = null
    )
    {
        var server = database.Source().Connection!;
        var word = Uri.EscapeDataString(password ?? server.Password!);
        return $"postgresql://{user ?? server.User}:{word}@{server.Host}:{port ?? server.Port}/{database.Name}?sslmode=disable";
    }
}
