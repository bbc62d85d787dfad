using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;

namespace Sluice.Lake.PostgreSql;

/// <summary>Says what PostgreSQL's error codes (SQLSTATE) mean for the user, and which of them may pass by themselves.</summary>
internal static class PostgreSqlFault
{
    /// <summary>What a failure means.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="source">The source.</param>
    /// <param name="elapsed">How long the statement had run: the server says "canceled" for its timeout and for anybody's cancel.</param>
    public static PipelineException Of(Exception failure, SourceDefinition source, TimeSpan elapsed) =>
        failure switch
        {
            PostgresException told => OfState(told, source, elapsed),
            { InnerException: PostgresException told } => OfState(told, source, elapsed),
            _ => OfConnection(failure, source),
        };

    private static PipelineException OfState(PostgresException told, SourceDefinition source, TimeSpan elapsed)
    {
        var server = source.Connection!;
        var place = $"the source '{source.Name}' ({server})";
        var user = server.User is null ? "the user" : $"the user '{server.User}'";
        PipelineException Is(string what, string? hint = null, bool isTransient = false) =>
            new(what, told) { Hint = hint, IsTransient = isTransient };

        return told.SqlState switch
        {
            "28P01" or "28000" => Is(
                $"The server of {place} does not let {user} in.",
                $"Check user and password under sources: {{{source.Name}: …}} in sluice.yaml, and the server's pg_hba.conf."
            ),
            "3D000" => Is(
                $"The server of {place} has no such database.",
                $"Correct sources: {{{source.Name}: {{database: …}}}} in sluice.yaml."
            ),
            "53300" => Is(
                $"The server of {place} has no connection left.",
                "Wait until others leave, or allow Sluice fewer connections.",
                isTransient: true
            ),
            "40001" or "40P01" => Is(
                $"{Begin(place)} gave a statement up in favour of others ({told.SqlState}).",
                "It is tried again. On a standby, max_standby_streaming_delay says how long it waits for readers.",
                isTransient: true
            ),
            "55P03" => Is(
                $"A lock in {place} was not free within the source's lock timeout ({source.Guards.LockTimeout}).",
                "Another session changes the table; run again when it is done.",
                isTransient: true
            ),
            "57014" when elapsed >= source.Guards.StatementTimeout * 0.95 => Is(
                $"A statement on {place} ran longer than the source's statement timeout ({source.Guards.StatementTimeout}) and was ended.",
                "Give the table a key or an index on its cursor, or raise the timeout."
            ),
            "57014" => Is($"Somebody canceled a statement on {place}.", "Run again."),
            "57P01" or "57P02" or "57P03" => Is(
                $"The server of {place} is shutting down or starting up, or ended the session.",
                "Run again when it is up.",
                isTransient: true
            ),
            "57P05" => Is(
                $"The server of {place} ended the session because it was idle longer than the source's idle timeout ({source.Guards.IdleTimeout}).",
                isTransient: true
            ),
            "42501" => Is(
                $"{Begin(user)} may not read from {place}: {told.MessageText}.",
                "Have the right granted: grant select on the table, and usage on its schema."
            ),
            "25006" => Is($"A statement wanted to write to {place}, and sessions of Sluice only read."),
            "42P01" or "3F000" or "42703" => Is(
                $"{Begin(place)} has not what a statement names: {told.MessageText}.",
                "The table may have been changed while it was read; run again."
            ),
            "XX001" or "XX002" or "58030" => Is(
                $"The database of {place} is damaged, as it says itself ({told.SqlState}).",
                "Have its administrator look into the server's log."
            ),
            var state when state.StartsWith("08", StringComparison.Ordinal) => Is(
                $"The connection with {place} failed ({state}).",
                "Check the server and the network.",
                isTransient: state is not ("08P01" or "08004")
            ),
            // Their messages quote values.
            var state
                when state.StartsWith("22", StringComparison.Ordinal)
                    || state.StartsWith("23", StringComparison.Ordinal)
                    || state.StartsWith("P0", StringComparison.Ordinal) => Is(
                $"A statement on {place} failed over a value (SQLSTATE {state}).",
                "The server's log has the whole message."
            ),
            var state => Is($"A statement on {place} failed (SQLSTATE {state}): {told.MessageText}."),
        };
    }

    private static PipelineException OfConnection(Exception failure, SourceDefinition source)
    {
        var server = source.Connection!;
        var place = $"the source '{source.Name}' ({server})";
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException:
                    return new($"The encryption with {place} failed: {cause.Message}", failure)
                    {
                        Hint = $"Check tls and the certificates under sources: {{{source.Name}: …}} in sluice.yaml.",
                    };
                case SocketException or IOException or TimeoutException:
                    return new($"The connection with {place} failed: {cause.Message}", failure)
                    {
                        IsTransient = true,
                        Hint = "Check that the server runs, its host and port, and the network.",
                    };
            }
        }

        if (failure is InvalidOperationException)
        {
            return new($"The session with {place} is closed: its connection failed before.", failure)
            {
                IsTransient = true,
            };
        }

        return new($"Reading from {place} failed: {failure.Message}", failure)
        {
            IsTransient = failure is NpgsqlException { IsTransient: true },
            Hint = $"Check host, port, password and tls under sources: {{{source.Name}: …}} in sluice.yaml.",
        };
    }

    private static string Begin(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
