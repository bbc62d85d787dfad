using System.Globalization;
using Npgsql;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;

namespace Sluice.State.PostgreSql;

/// <summary>How sessions are opened, and what ends them.</summary>
internal static class PostgreSqlConnections
{
    /// <summary>The name under which the sessions appear in <c>pg_stat_activity</c>.</summary>
    public const string ApplicationName = "sluice state";

    private const int DefaultPort = 5432;
    private const int ConnectSeconds = 10;
    private const int AnswerSeconds = 30;

    // The server ends whoever holds all others up: a process that was stopped or lost in the middle of a change. They wait longer.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lock = TimeSpan.FromSeconds(25);

    public static NpgsqlDataSource Create(SourceConnection server)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(
            new NpgsqlConnectionStringBuilder
            {
                Host = server.Host,
                Port = server.Port ?? DefaultPort,
                Database = server.Database,
                Username = server.User,
                Password = server.Password,
                SslMode = server.Tls switch
                {
                    SourceTls.Prefer => SslMode.Prefer,
                    SourceTls.Disable => SslMode.Disable,
                    SourceTls.Require => SslMode.Require,
                    SourceTls.VerifyCa => SslMode.VerifyCA,
                    SourceTls.VerifyFull => SslMode.VerifyFull,
                },
                RootCertificate = server.CaFile,
                SslCertificate = server.CertificateFile,
                SslKey = server.KeyFile,
                GssEncryptionMode = GssEncryptionMode.Disable,
                ApplicationName = ApplicationName,
                SearchPath = SqlIdentifier.Quote(server.Schema!),
                // The sessions are kept with their statements by the store itself.
                Pooling = false,
                Enlist = false,
                Timeout = ConnectSeconds,
                CommandTimeout = AnswerSeconds,
                TcpKeepAlive = true,
                Options = string.Join(
                    ' ',
                    Setting("idle_in_transaction_session_timeout", Idle),
                    Setting("lock_timeout", Lock),
                    Setting("statement_timeout", TimeSpan.FromSeconds(AnswerSeconds))
                ),
            }.ToString()
        );
        // The driver need not know the types that the database has of its own.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.EnableTransportSecurity().Build();
    }

    private static string Setting(string name, TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"-c {name}={(long)time.TotalMilliseconds}");
}
