using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Project;

namespace Sluice.Tests.Project;

public sealed class SourceReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_server_is_named_by_a_url()
    {
        var source = Read("url: postgresql://ana:p%40ss@db.example:6432/shop?sslmode=verify-full&schema=sales");

        Assert.Equal(SourceKind.PostgreSql, source.Kind);
        Assert.Equal(
            new SourceConnection
            {
                Host = "db.example",
                Port = 6432,
                Database = "shop",
                User = "ana",
                Password = "p@ss",
                Schema = "sales",
                Tls = SourceTls.VerifyFull,
            },
            source.Connection
        );
        Assert.True(source.Throttle.IsAdaptive);
    }

    [Fact]
    public void Keys_stand_over_the_url()
    {
        var source = Read("url: mysql://ana@h/shop\n    user: ben\n    port: 3307\n    tls: require");

        Assert.Equal(
            ("ben", 3307, SourceTls.Require),
            (source.Connection!.User, source.Connection.Port, source.Connection.Tls)
        );
    }

    [Fact]
    public void A_secret_is_taken_from_a_file_as_it_is()
    {
        _folder.Write("secret", "a@b:c/d${x}\n");

        var source = Read("url: postgresql://ana:${file:secret}@h/shop");

        Assert.Equal("a@b:c/d${x}", source.Connection!.Password);
        Assert.Equal("h", source.Connection.Host);
    }

    [Fact]
    public void A_secret_that_is_missing_is_no_matter_until_the_source_is_opened()
    {
        var source = Read("url: postgresql://ana:${env:SLUICE_NOT_SET_ANYWHERE}@h/shop");

        Assert.Equal(["The environment variable 'SLUICE_NOT_SET_ANYWHERE' is not set."], source.MissingSecrets);
    }

    [Fact]
    public void Everything_of_a_table_is_read()
    {
        var table = Read(
            "url: mysql://h/shop",
            """
            events:
                    cursor: updated_at
                    lookback: 90m
                    key: [shop, id]
                    null_cursor: exclude
                    on_schema_change: fail
                    soft_delete: gone
                    expect_rows: false
                    exclude: notes
                    columns:
                      email: {hash: sha256, salt: pepper}
                      phone: {mask: "***"}
                      total: {type: "decimal(10,2)", rename: amount}
            """
        ).Tables[0];

        Assert.Equal((LoadMode.Incremental, "updated_at", 5_400_000_000L), (table.Mode, table.Cursor, table.Lookback));
        Assert.Equal(["shop", "id"], table.Key);
        Assert.Equal((NullCursor.Exclude, SchemaPolicy.Fail), (table.NullCursor, table.OnSchemaChange));
        Assert.Equal(("gone", false), (table.SoftDelete, table.ExpectsRows));
        Assert.False(table.Has("notes"));
        Assert.Equal(
            new ColumnRule
            {
                Type = ColumnKind.String,
                IsHashed = true,
                Salt = "pepper",
            },
            table.Columns["email"]
        );
        Assert.Equal("***", table.Columns["phone"].Mask);
        Assert.Equal(("amount", ColumnType.Decimal(10, 2)), (table.Columns["total"].Rename, table.TypeOf("total")));
    }

    [Fact]
    public void Limits_are_read()
    {
        var throttle = Read(
            "url: mysql://h/shop\n    throttle:\n      max_connections: 4\n      max_rows_per_second: 5000\n"
                + "      hours: [\"22:00-05:30\"]\n      throttle_query: select 0\n      flag_file: stop.flag\n"
                + "      critical_running_threads: 80\n      max_replica_lag: 30s\n      adaptive: false"
        ).Throttle;

        Assert.Equal((4, 5000L, false), (throttle.MaxConnections, throttle.MaxRowsPerSecond, throttle.IsAdaptive));
        Assert.Equal([(new TimeOnly(22, 0), new TimeOnly(5, 30))], throttle.Hours);
        Assert.Equal(
            ("select 0", 80, TimeSpan.FromSeconds(30)),
            (throttle.Query, throttle.CriticalRunningThreads, throttle.MaxReplicaLag)
        );
        Assert.Equal(Path.Combine(_folder.Path, "stop.flag"), throttle.FlagFile);
        Assert.False(throttle.IsFree);
    }

    private SourceDefinition Read(string source, string tables = "users: {key: id}")
    {
        _folder.Write(
            "sluice.yaml",
            $"""
            timezone: Europe/Berlin
            sources:
              app:
                {source}
                tables:
                  {tables}
            """
        );
        return ProjectLoader.Load(_folder.Path).Definition.Sources[0];
    }
}
