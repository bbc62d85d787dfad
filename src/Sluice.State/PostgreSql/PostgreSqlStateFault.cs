using System.Security.Authentication;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;

namespace Sluice.State.PostgreSql;

/// <summary>Says what PostgreSQL's error codes (SQLSTATE) mean for those who keep their runs there.</summary>
internal static class PostgreSqlStateFault
{
    /// <summary>The store, at the beginning of a sentence.</summary>
    public static string PlaceOf(SourceConnection server) => $"The run store (schema {server.Schema} of {server})";

    public static PipelineException Of(Exception failure, SourceConnection server) =>
        failure is PostgresException told ? OfState(told, server) : OfConnection(failure, server);

    private static PipelineException OfState(PostgresException told, SourceConnection server)
    {
        var place = PlaceOf(server);
        var user = server.User is null ? "the user" : $"the user '{server.User}'";
        PipelineException Is(string what, string? hint = null, bool isTransient = false) =>
            new($"{place} {what}", told) { Hint = hint, IsTransient = isTransient };

        return told.SqlState switch
        {
            "28P01" or "28000" => Is(
                $"cannot be opened: the server does not let {user} in.",
                "Check user and password of the run store's address, and the server's pg_hba.conf."
            ),
            "3D000" => Is(
                "cannot be opened: there is no such database.",
                $"Create it (create database), or correct the run store's address."
            ),
            "42501" => Is(
                $"cannot be used: {user} lacks a right. {told.MessageText}.",
                $"Have a schema made that is the user's own: create schema {server.Schema} authorization {server.User ?? "…"}."
            ),
            "25006" => Is(
                "cannot be written: the server is a standby, or the database is read-only.",
                "Name the primary server in the run store's address."
            ),
            "53100" => Is("cannot be written: the server's disk is full.", "Free some space there.", isTransient: true),
            "53300" => Is(
                "cannot be opened: the server has no connection left.",
                "Wait until others leave, or raise its max_connections.",
                isTransient: true
            ),
            "55P03" or "57014" => Is(
                "did not answer in time: another process is in the middle of a change.",
                "Look at pg_stat_activity for sessions of 'sluice state' that wait or are idle in a transaction.",
                isTransient: true
            ),
            "25P03" => Is(
                "gave a change up: this process stood still in the middle of it. Nothing of it was written.",
                isTransient: true
            ),
            "40001" or "40P01" => Is($"gave a change up in favour of others ({told.SqlState}).", isTransient: true),
            "57P01" or "57P02" or "57P03" => Is(
                "is away: the server is shutting down or starting up, or ended the session.",
                "Run again when it is up.",
                isTransient: true
            ),
            "3F000" or "42P01" or "42703" => Is(
                $"is not whole: {told.MessageText}.",
                "Someone may have removed a table of it: put a backup in its place, or drop the schema to begin anew."
            ),
            "XX001" or "XX002" or "58030" => Is(
                $"is damaged, as the server says ({told.SqlState}).",
                "Have its administrator look into the server's log."
            ),
            var state when state.StartsWith("08", StringComparison.Ordinal) => Is(
                $"cannot be reached ({state}).",
                "Check the server and the network.",
                isTransient: true
            ),
            var state => Is($"failed (SQLSTATE {state}): {told.MessageText}."),
        };
    }

    private static PipelineException OfConnection(Exception failure, SourceConnection server)
    {
        var place = PlaceOf(server);
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case PostgresException told:
                    return OfState(told, server);
                case AuthenticationException:
                    return new($"{place} cannot be reached: the encryption failed: {cause.Message}", failure)
                    {
                        Hint = "Check sslmode and the certificates of the run store's address.",
                    };
                case InvalidOperationException:
                    return new($"{place} cannot be reached any more: the connection broke.", failure)
                    {
                        IsTransient = true,
                        Hint = "Check the server and the network.",
                    };
                case TimeoutException:
                    return new($"{place} did not answer in time.", failure)
                    {
                        IsTransient = true,
                        Hint =
                            "Check the server and the network. Whether the last change was written is seen when it is back.",
                    };
            }
        }

        return new($"{place} cannot be reached: {failure.GetBaseException().Message}", failure)
        {
            IsTransient = failure is NpgsqlException { IsTransient: true } || failure.InnerException is IOException,
            Hint = "Check that the server runs, its host and port, and the network.",
        };
    }
}
