using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.State.PostgreSql;

namespace Sluice.Tests.State;

public sealed class PostgreSqlUrlTests
{
    [Fact]
    public void An_address_is_read_with_all_its_parts() =>
        Assert.Equal(
            new SourceConnection
            {
                Host = "db.example",
                Port = 6432,
                Database = "my db",
                User = "me@home",
                Password = "a:b/c",
                Schema = "runs",
                Tls = SourceTls.VerifyFull,
                CaFile = "/etc/ca.pem",
            },
            PostgreSqlUrl.Parse(
                "postgresql://me%40home:a%3Ab%2Fc@db.example:6432/my%20db?schema=runs&sslmode=verify-full&sslrootcert=/etc/ca.pem"
            )
        );

    [Fact]
    public void What_is_not_said_is_as_usual() =>
        Assert.Equal(
            new SourceConnection
            {
                Host = "/run/postgresql",
                Database = "app",
                Schema = "sluice",
            },
            PostgreSqlUrl.Parse("postgres:///app?host=/run/postgresql")
        );

    [Theory]
    [InlineData("mysql://u:hush@h/db", "no PostgreSQL URL")]
    [InlineData("postgresql://u:hush@h", "no PostgreSQL URL")]
    [InlineData("postgresql://u:hush@/db", "no")]
    [InlineData("postgresql://u:hush@h/db?shema=x", "'schema'")]
    [InlineData("postgresql://u:hush@h/db?schema", "without a value")]
    [InlineData("postgresql://u:hush@h/db?schema=It%27s", "'It's'")]
    [InlineData("postgresql://u:hush@h/db?sslmode=verify_full", "'verify-full'")]
    public void What_is_wrong_is_said_without_the_password(string url, string said)
    {
        var failure = Assert.Throws<DefinitionException>(() => PostgreSqlUrl.Parse(url));

        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.Message, StringComparison.Ordinal);
    }
}
