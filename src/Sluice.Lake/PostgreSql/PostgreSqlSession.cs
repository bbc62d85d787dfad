using System.Globalization;
using Npgsql;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;

namespace Sluice.Lake.PostgreSql;

/// <summary>How a session is opened, guarded and known.</summary>
internal static class PostgreSqlSession
{
    /// <summary>The name under which the sessions appear in <c>pg_stat_activity</c>.</summary>
    public const string ApplicationName = "sluice";

    private const int DefaultPort = 5432;

    private const string Flags = """
        select
            current_setting('server_version_num')::int,
            pg_is_in_recovery(),
            pg_has_role(current_user, 'pg_read_all_stats', 'usage'),
            current_setting('server_encoding') = 'SQL_ASCII',
            current_user::text,
            current_schema()::text
        """;

    public static NpgsqlDataSource Create(SourceDefinition source)
    {
        var server = source.Connection!;
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
                Pooling = false,
                Enlist = false,
                Timeout = Math.Max(1, (int)source.Guards.ConnectTimeout.TotalSeconds),
                // The server ends a statement first; only one that is gone, or cannot be heard, is given up.
                CommandTimeout = Math.Max(
                    1,
                    (int)(source.Guards.StatementTimeout + source.Guards.ConnectTimeout).TotalSeconds
                ),
                TcpKeepAlive = true,
                ReadBufferSize = 64 << 10,
            }.ToString()
        );
        // The driver need not know the types that the database has of its own.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.EnableTransportSecurity().EnableArrays().Build();
    }

    public static PostgreSqlFlags ReadFlags(NpgsqlConnection connection, SourceDefinition source)
    {
        using var command = new NpgsqlCommand(Flags, connection);
        using var rows = command.ExecuteReader();
        rows.Read();
        return new(
            rows.GetInt32(0),
            rows.GetBoolean(1),
            rows.GetBoolean(2),
            rows.GetBoolean(3),
            rows.GetString(4),
            source.Connection!.Schema ?? (rows.IsDBNull(5) ? null : rows.GetString(5))
        );
    }

    /// <summary>Sets the guards, and the forms in which the server writes values.</summary>
    public static void Set(NpgsqlConnection connection, SessionGuards guards, PostgreSqlFlags flags)
    {
        var settings = new List<(string Name, string Value)>
        {
            ("statement_timeout", Milliseconds(guards.StatementTimeout)),
            ("lock_timeout", Milliseconds(guards.LockTimeout)),
            ("idle_in_transaction_session_timeout", Milliseconds(guards.IdleTimeout)),
            ("default_transaction_read_only", "on"),
            // One session is one process of the server, and its statements are small.
            ("max_parallel_workers_per_gather", "0"),
            ("jit", "off"),
            ("timezone", "UTC"),
            ("datestyle", "ISO, YMD"),
            ("intervalstyle", "postgres"),
            ("extra_float_digits", "3"),
            ("bytea_output", "hex"),
            ("standard_conforming_strings", "on"),
        };
        if (flags.HasIdleTimeout)
        {
            settings.Add(("idle_session_timeout", Milliseconds(guards.IdleTimeout)));
        }

        using var command = new NpgsqlCommand(
            string.Join(';', settings.Select(set => $"set {set.Name} = {SqlIdentifier.Literal(set.Value)}")),
            connection
        );
        command.ExecuteNonQuery();
    }

    private static string Milliseconds(TimeSpan time) =>
        ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
