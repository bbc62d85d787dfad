using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sluice.Core.Scheduling.Store;
using Sluice.State.PostgreSql;
using Sluice.State.Sqlite;
using Sluice.Tests.State;

namespace Sluice.IntegrationTests.State;

/// <summary>This program in another role: it counts two DAGs of a run store up, both in one change, and prints each token that it drew.</summary>
internal static class StoreWriter
{
    private const string Role = "SLUICE_TEST_STORE_WRITER";

    public static Process Start(string address, int changes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[Role] = string.Create(CultureInfo.InvariantCulture, $"{changes} {address}");
        return Process.Start(start)!;
    }

    /// <summary>The tokens that it says it drew.</summary>
    public static IReadOnlyList<long> Tokens(Process process) =>
        [
            .. process
                .StandardOutput.ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => long.Parse(line, CultureInfo.InvariantCulture)),
        ];

    public static IRunStore Open(string address) =>
        PostgreSqlUrl.IsUrl(address)
            ? PostgreSqlRunStore.Open(PostgreSqlUrl.Parse(address), TimeProvider.System)
            : SqliteRunStore.Open(address, TimeProvider.System);

    // Runs before the test framework looks at the command line.
    [ModuleInitializer]
    internal static void WriteInstead()
    {
        if (Environment.GetEnvironmentVariable(Role) is { } role)
        {
            var (changes, address) = role.Split(' ', 2) is [var count, var place]
                ? (int.Parse(count, CultureInfo.InvariantCulture), place)
                : default;
            var store = Open(address);
            for (var i = 0; i < changes; i++)
            {
                var token = store.Write(change =>
                {
                    change.Increment("a");
                    change.Increment("b");
                    return change.NextToken();
                });
                Console.Out.WriteLine(token);
                Console.Out.Flush();
            }

            Environment.Exit(0);
        }
    }
}
