using System.Data.Common;
using System.Globalization;
using System.Reflection;
using DbUp.Engine;
using DbUp.Engine.Output;
using Sluice.Core;

namespace Sluice.State.Migrations;

/// <summary>Brings the tables of a run store to the version of this program.</summary>
/// <remarks>
/// A version is the number of the last script. All happens in one transaction, which those that open the store at the same time wait
/// for: there is one migration, and it is whole or was not.
/// </remarks>
internal static class StoreMigration
{
    private static readonly TimeSpan MostTime = TimeSpan.FromHours(1);

    /// <summary>Creates the tables, or migrates older ones after a backup.</summary>
    /// <param name="schema">The tables.</param>
    /// <param name="upTo">The last version to come to; null for the newest.</param>
    /// <exception cref="PipelineException">The store is newer than this program, or a script failed.</exception>
    public static void Run(IStoreSchema schema, int? upTo = null)
    {
        var scripts = ReadScripts(schema.Scripts)
            .Where(script => VersionOf(script.Name) <= (upTo ?? int.MaxValue))
            .ToList();
        var newest = VersionOf(scripts[^1].Name);
        if (FindVersion(schema, newest) == newest)
        {
            return;
        }

        schema.BeginAlone();
        try
        {
            // Another one may have been faster.
            var found = FindVersion(schema, newest);
            if (found < newest)
            {
                if (found > 0)
                {
                    schema.Backup(found);
                }

                Upgrade(schema, scripts);
            }

            Execute(schema.Connection, "commit");
        }
        catch
        {
            TryRollback(schema.Connection);
            throw;
        }
    }

    private static int FindVersion(IStoreSchema schema, int newest)
    {
        var found = schema.FindLast() is { } last ? VersionOf(last) : 0;
        return found <= newest
            ? found
            : throw new PipelineException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{schema.Place} has the format {found}, and this version of Sluice knows no more than {newest}."
                )
            )
            {
                Hint =
                    "Use the version of Sluice that wrote it, or a later one. A copy from before its migration lies beside it as backup.",
            };
    }

    private static void Upgrade(IStoreSchema schema, IEnumerable<SqlScript> scripts)
    {
        var result = schema
            .Prepare()
            .WithScripts(scripts)
            .WithVariablesDisabled()
            .WithoutTransaction()
            .WithExecutionTimeout(MostTime)
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            // What the database says of it is told as any other failure of it.
            throw result.Error as DbException
                ?? (Exception)
                    new PipelineException(
                        $"{schema.Place} could not be migrated: {result.Error.Message}",
                        result.Error
                    );
        }
    }

    // 0001_runs.sql
    private static int VersionOf(string script) =>
        int.Parse(script.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);

    private static IEnumerable<SqlScript> ReadScripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (name.StartsWith(folder, StringComparison.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                yield return new(name[folder.Length..], reader.ReadToEnd());
            }
        }
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void TryRollback(DbConnection connection)
    {
        try
        {
            Execute(connection, "rollback");
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException)
        {
            // What comes up is why; the database rolls back when the connection ends.
        }
    }
}
