using System.Globalization;
using MySqlConnector;
using Sluice.Core.Extraction;

namespace Sluice.Lake.MySql;

/// <summary>How a session is opened, and what it is told before it reads.</summary>
internal static class MySqlSession
{
    private static readonly string[] SocketNames = ["mysqld.sock", "mysql.sock", "mariadb.sock"];

    /// <summary>The connection's text. It holds the password and is never shown.</summary>
    public static string ConnectionString(SourceConnection to, SessionGuards guards)
    {
        var text = new MySqlConnectionStringBuilder
        {
            Database = to.Database,
            ApplicationName = "sluice",
            Pooling = false,
            AutoEnlist = false,
            AllowLoadLocalInfile = false,
            AllowUserVariables = true,
            AllowZeroDateTime = true,
            TreatTinyAsBoolean = false,
            GuidFormat = MySqlGuidFormat.None,
            ConnectionTimeout = (uint)Seconds(guards.ConnectTimeout),
            DefaultCommandTimeout = (uint)CommandTimeout(guards),
            // The server limits the statement itself. What the driver would do about it on a timer of its own, over a second
            // connection, ends the process where the first one is gone: the socket is closed instead.
            CancellationTimeout = -1,
            Keepalive = 30,
            SslMode = to.Tls switch
            {
                SourceTls.Prefer => MySqlSslMode.Preferred,
                SourceTls.Disable => MySqlSslMode.Disabled,
                SourceTls.Require => MySqlSslMode.Required,
                SourceTls.VerifyCa => MySqlSslMode.VerifyCA,
                SourceTls.VerifyFull => MySqlSslMode.VerifyFull,
            },
            // Without TLS there is no other way for MySQL's usual authentication; with it the key is not asked for.
            AllowPublicKeyRetrieval = to.Tls == SourceTls.Disable,
        };
        if (to.Host.StartsWith('/'))
        {
            text.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
            text.Server = SocketOf(to.Host);
        }
        else
        {
            text.Server = to.Host;
            text.Port = (uint)(to.Port ?? 3306);
        }

        if (to.User is { } user)
        {
            text.UserID = user;
        }

        if (to.Password is { } password)
        {
            text.Password = password;
        }

        if (to.CaFile is { } authority)
        {
            text.SslCa = authority;
        }

        if (to.CertificateFile is { } certificate)
        {
            text.SslCert = certificate;
        }

        if (to.KeyFile is { } key)
        {
            text.SslKey = key;
        }

        return text.ConnectionString;
    }

    /// <summary>Seconds after which the client gives a statement up, later than the server would; 0 for never.</summary>
    public static int CommandTimeout(SessionGuards guards) =>
        guards.StatementTimeout <= TimeSpan.Zero ? 0 : Seconds(guards.StatementTimeout + guards.ConnectTimeout);

    /// <summary>
    /// The statements that set a session up: read-only, in UTC, with the guards, and without settings of the server that would change
    /// or cut what is read.
    /// </summary>
    public static IReadOnlyList<string> Setup(MySqlServer server, SessionGuards guards)
    {
        var settings = new List<string>
        {
            "autocommit = 1",
            "time_zone = '+00:00'",
            "sql_mode = 'NO_ENGINE_SUBSTITUTION'",
            "sql_select_limit = 18446744073709551615",
            "sql_big_selects = 1",
            "sql_safe_updates = 0",
            Number("lock_wait_timeout", Seconds(guards.LockTimeout)),
            Number("innodb_lock_wait_timeout", Seconds(guards.LockTimeout)),
            Number("wait_timeout", Seconds(guards.IdleTimeout)),
            Number("net_write_timeout", Seconds(guards.IdleTimeout)),
        };
        if (server.LimitsStatements && guards.StatementTimeout > TimeSpan.Zero)
        {
            settings.Add(
                server.IsMariaDb
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"{server.StatementLimit} = {guards.StatementTimeout.TotalSeconds:0.######}"
                    )
                    : Number(server.StatementLimit, (long)Math.Ceiling(guards.StatementTimeout.TotalMilliseconds))
            );
        }

        return
        [
            "set names utf8mb4",
            $"set {string.Join(", ", settings.Select(setting => $"session {setting}"))}",
            "set session transaction isolation level read committed",
            "set session transaction read only",
        ];
    }

    private static string Number(string name, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} = {value}");

    // The server knows whole seconds, from one on.
    private static int Seconds(TimeSpan span) =>
        span <= TimeSpan.Zero ? 31_536_000 : (int)Math.Clamp(Math.Ceiling(span.TotalSeconds), 1, 31_536_000);

    private static string SocketOf(string path) =>
        Directory.Exists(path)
            ? Array.Find([.. SocketNames.Select(name => Path.Combine(path, name))], File.Exists)
                ?? Path.Combine(path, SocketNames[0])
            : path;
}
