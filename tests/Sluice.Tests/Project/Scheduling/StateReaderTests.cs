using static Sluice.Tests.Project.WrittenProject;

namespace Sluice.Tests.Project.Scheduling;

public sealed class StateReaderTests
{
    [Fact]
    public void Without_a_word_it_is_the_projects_own_file() => Assert.Null(Load("name: x\n").State);

    [Fact]
    public void A_password_by_reference_is_taken_as_it_is()
    {
        var state = Load("state: postgresql://u:${file:secret}@h/d\n", ("secret", "p/@:?\n")).State!;

        Assert.Equal(
            ("u", "p/@:?", "h", "d"),
            (state.Connection!.User, state.Connection.Password, state.Connection.Host, state.Connection.Database)
        );
        Assert.Empty(state.MissingSecrets);
    }

    [Fact]
    public void The_whole_url_can_be_a_reference() =>
        Assert.Equal(
            "runs at db:5433",
            Load("state: ${file:url}\n", ("url", "postgres://u:p@db:5433/runs\n")).State!.Connection!.ToString()
        );

    [Fact]
    public void A_secret_that_is_missing_is_told_when_it_is_needed()
    {
        var state = Load("state: ${env:SLUICE_NO_SUCH_VARIABLE}\n").State!;

        Assert.Null(state.Connection);
        Assert.Equal(["The environment variable 'SLUICE_NO_SUCH_VARIABLE' is not set."], state.MissingSecrets);
    }

    [Theory]
    [InlineData(
        "mysql://h/d",
        "sluice.yaml:1: 'mysql://h/d' is no URL of a PostgreSQL database.\n    Write it as postgresql://user:${env:PASSWORD}@host:5432/database, or leave it out for .sluice/state.db."
    )]
    [InlineData(
        "postgresql://h",
        "sluice.yaml:1: the state does not say which database it is.\n    Write url: postgresql://user:${env:PASSWORD}@host:5432/database, or the keys host, database, user and password."
    )]
    [InlineData(
        "postgresql://h/d?x=y",
        "sluice.yaml:1: the option 'x' of the URL is not known.\n    Options are: tls, schema."
    )]
    public void What_is_wrong_is_named(string state, string expected) =>
        Assert.Equal(expected, Problem($"state: {state}\n"));

    [Fact]
    public void What_a_reference_stands_for_is_not_shown() =>
        Assert.DoesNotContain("geheim", Problem("state: ${file:url}\n", ("url", "geheim")), StringComparison.Ordinal);
}
