using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;
using Sluice.Core;
using Sluice.Core.Extraction;

namespace Sluice.Lake.MySql;

/// <summary>Says what the error numbers of the server and the driver mean for the user. Unknown ones are not tried again.</summary>
internal static class MySqlFault
{
    // Numbers that the driver has no name for.
    private const int StatementTimeLimitMariaDb = 1969;
    private const int StatementTimeLimitMySql = 3024;
    private const int ConnectionKilled = 1927;
    private const int ServerShutdown = 1053;
    private const int NewAbortingConnection = 1184;
    private const int TooManyUserConnections = 1226;
    private const int ServerGone = 2006;
    private const int ServerLost = 2013;
    private const int ServerGoneWhileIdle = 4031;
    private const int SocketUnreachable = 2002;
    private const int HostUnreachable = 2003;
    private const int ServerReadOnly = 1792;
    private const int PreparedStatements = 1461;

    /// <summary>The fault for a failure of a statement or of connecting.</summary>
    /// <param name="failure">What the driver threw.</param>
    /// <param name="source">The source.</param>
    /// <param name="isBroken">Whether the connection is gone.</param>
    /// <param name="table">The table that was read; null where none was.</param>
    public static PipelineException Of(
        MySqlException failure,
        SourceDefinition source,
        bool isBroken,
        string? table = null
    )
    {
        var place = $"the source '{source.Name}' ({source.Connection})";
        var name = table is null ? source.Name : $"{source.Name}.{table}";
        switch (failure.Number)
        {
            case (int)MySqlErrorCode.AccessDenied:
                return new($"{Capital(place)} refuses the user '{source.Connection?.User}'.", failure)
                {
                    Hint = "Check user and password, and from which hosts the account may connect.",
                };
            case (int)MySqlErrorCode.DatabaseAccessDenied:
                return new($"{Capital(place)} does not let the user into the database.", failure)
                {
                    Hint =
                        $"GRANT SELECT ON {MySqlName.Quote(source.Connection?.Database ?? "")}.* to the account, or correct database: in sluice.yaml.",
                };
            case (int)MySqlErrorCode.UnknownDatabase:
                return new($"{Capital(place)} has no such database.", failure)
                {
                    Hint = $"Correct sources: {{{source.Name}: {{database: …}}}} in sluice.yaml.",
                };
            case (int)MySqlErrorCode.NoSuchTable or (int)MySqlErrorCode.UnknownTable:
                return new($"The table {name} is not there.", failure)
                {
                    Hint = $"Correct sources: {{{source.Name}: {{tables: …}}}} in sluice.yaml.",
                };
            case (int)MySqlErrorCode.BadFieldError:
                return new($"A column of {name} is gone since it was described.", failure) { Hint = "Run it again." };
            case (int)MySqlErrorCode.TableAccessDenied or (int)MySqlErrorCode.ColumnAccessDenied:
                return new($"The user '{source.Connection?.User}' may not read {name}.", failure)
                {
                    Hint = "GRANT SELECT on it to the account; 'sluice sources check' writes the statement.",
                };
            case StatementTimeLimitMariaDb or StatementTimeLimitMySql:
                return new(
                    $"The database ended a statement on {name} that took longer than the guard statement_timeout allows ({source.Guards.StatementTimeout.TotalSeconds:0.###} s).",
                    failure
                )
                {
                    Hint =
                        "Raise the guard, or give the table a key that an index serves: without one a table is read by one long statement.",
                };
            case (int)MySqlErrorCode.QueryInterrupted:
                return new($"Somebody ended the statement on {name} in the database.", failure)
                {
                    Hint = "Run it again when whoever did it agrees.",
                };
            case (int)MySqlErrorCode.LockDeadlock:
                return Again($"The database ended a deadlock on {name}.", failure);
            case (int)MySqlErrorCode.LockWaitTimeout:
                return Again(
                    $"Another session holds a lock on {name}; it was waited for as long as the guard lock_timeout allows.",
                    failure
                );
            case (int)MySqlErrorCode.ConnectionCountError or TooManyUserConnections:
                return Again($"{Capital(place)} has no connection left.", failure);
            case PreparedStatements:
                return Again($"{Capital(place)} has no prepared statement left (max_prepared_stmt_count).", failure);
            case ServerShutdown
            or ConnectionKilled
            or NewAbortingConnection
            or ServerGone
            or ServerLost
            or ServerGoneWhileIdle:
                return Lost(source, failure);
            case (int)MySqlErrorCode.CommandTimeoutExpired:
                return Again($"{Capital(place)} did not answer in time.", failure);
            case (int)MySqlErrorCode.UnableToConnectToHost or SocketUnreachable or HostUnreachable:
                return Unreachable(failure, source);
            case ServerReadOnly or (int)MySqlErrorCode.CannotExecuteInReadOnlyTransaction:
                return new($"A statement on {place} would write, and the session is read-only.", failure)
                {
                    Hint = "Give a statement that only reads.",
                };
        }

        // While a session is being opened there is no state to tell it by.
        return isBroken || CauseOf<IOException>(failure) is not null || CauseOf<SocketException>(failure) is not null
            ? Lost(source, failure)
            : new($"{Capital(place)} failed: {Words(failure)}", failure);
    }

    /// <summary>Whether a call to the driver that only ends something can throw it, where the connection is gone.</summary>
    public static bool IsOfConnection(Exception failure) =>
        failure is MySqlException or IOException or SocketException or InvalidOperationException;

    /// <summary>Whether the driver threw it. It throws more than its own exceptions where the connection goes in the middle of an answer.</summary>
    public static bool IsOfDriver(Exception failure, bool isBroken) =>
        failure is MySqlException or IOException or SocketException
        || (failure is InvalidOperationException && isBroken);

    /// <summary>The fault for a failure before the server said anything, or of what it said first.</summary>
    public static PipelineException Connecting(MySqlException failure, SourceDefinition source)
    {
        // For a socket that is not there the driver has no number.
        var isSocket = source.Connection?.Host.StartsWith('/') is true && failure.ErrorCode == MySqlErrorCode.None;
        return isSocket || CauseOf<AuthenticationException>(failure) is not null
            ? Unreachable(failure, source)
            : Of(failure, source, isBroken: false);
    }

    /// <summary>The fault for a connection that is no longer there.</summary>
    public static PipelineException Lost(SourceDefinition source, Exception? failure = null) =>
        new($"The connection with the source '{source.Name}' ({source.Connection}) was lost.", failure)
        {
            IsTransient = true,
            Hint = "Run it again; what was read stays.",
        };

    private static PipelineException Unreachable(MySqlException failure, SourceDefinition source) =>
        CauseOf<AuthenticationException>(failure) is { } cause
            ? new(
                $"The source '{source.Name}' ({source.Connection}) and Sluice do not agree on encryption: {cause.Message}",
                failure
            )
            {
                Hint = "Check tls: and its certificates.",
            }
            : new($"The source '{source.Name}' ({source.Connection}) cannot be reached: {failure.Message}", failure)
            {
                IsTransient = true,
                Hint = "Check host, port and tls:, and that the server runs.",
            };

    private static T? CauseOf<T>(Exception failure)
        where T : Exception
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static PipelineException Again(string message, MySqlException failure) =>
        new(message, failure) { IsTransient = true, Hint = "Run it again." };

    // The server puts the value in its message where a row is to blame, and parts of a statement where its syntax is; what has
    // no number comes from the driver.
    private static string Words(MySqlException failure) =>
        failure.Number <= 0
            ? failure.Message
            : string.Create(CultureInfo.InvariantCulture, $"error {failure.Number} ({failure.ErrorCode})");

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
