using Sluice.Core.Extraction;
using Sluice.Core.Funnels;
using Sluice.Core.Models;
using Sluice.Core.Projects;
using Sluice.Project;

namespace Sluice.Tests.Core.Funnels;

public sealed class FunnelQueryTests
{
    [Theory]
    [InlineData("checkout")]
    [InlineData("payment_to_confirmation")]
    [InlineData("search_to_payment")]
    [InlineData("step6_visits")]
    public void The_samples_funnels_ask_what_was_reviewed(string name)
    {
        var project = ProjectLoader.Load(Path.Combine(Repository.Root, "samples", "ecommerce")).Definition;

        Golden.Match($"sql/funnel_{name}.sql", FunnelQuery.Text(project.Funnel(name), project) + "\n");
    }

    [Fact]
    public void Names_with_quotes_go_through_unharmed() =>
        Golden.Match(
            "sql/funnel_with_quotes.sql",
            FunnelQuery.Text(Quoted, ProjectWith("it's \"users\"", "the \"key\"")) + "\n"
        );

    [Fact]
    public void Repeated_users_are_found_by_a_query_that_quotes() =>
        Golden.Match("sql/repeated_users.sql", FunnelQuery.RepeatedUsers(new("it's \"users\"", "the \"key\"")) + "\n");

    [Fact]
    public void The_step_tables_are_read_once_each_and_the_users_last() =>
        Assert.Equal(
            ["x_fact", "y_fact", "dim_user"],
            FunnelQuery.TablesOf(
                Funnel with
                {
                    EventTable = null,
                    StepTables = new Dictionary<string, string>
                    {
                        ["a"] = "x_fact",
                        ["b"] = "y_fact",
                        ["c"] = "x_fact",
                    },
                    By = [new("sex")],
                },
                new("dim_user", "user_id")
            )
        );

    [Fact]
    public void Without_a_breakdown_the_users_are_not_read() =>
        Assert.Equal(["visits"], FunnelQuery.TablesOf(Funnel, new("dim_user", "user_id")));

    [Theory]
    [InlineData(null, "\"user_id\"")]
    [InlineData("user", "\"user_id\"")]
    [InlineData("session", "\"session_id\"")]
    [InlineData("device", "\"device\"")]
    public void The_unit_names_the_column(string? unit, string column) =>
        Assert.StartsWith(
            $"select unit, event_name, occurred from (\n  select cast({column} as varchar) as unit,",
            FunnelQuery.Text(Funnel with { Unit = unit }, ProjectWith("dim_user", "user_id")),
            StringComparison.Ordinal
        );

    private static FunnelDefinition Funnel { get; } =
        new()
        {
            Name = "f",
            EventTable = "visits",
            Steps = FunnelText.Steps("a b"),
        };

    private static FunnelDefinition Quoted { get; } =
        Funnel with
        {
            EventTable = null,
            StepTables = new Dictionary<string, string> { ["it's"] = "a \"table\"", ["'; drop table x; --"] = "b" },
            By = [new("a \"property\""), new("a 'date'", DatePeriod.MonthOfYear)],
            Unit = "the \"unit\"",
        };

    private static ProjectDefinition ProjectWith(string users, string key) =>
        new()
        {
            Name = "p",
            Root = "/p",
            Sources = Array.Empty<SourceDefinition>(),
            Models = ModelGraph.Create([], [], []),
            Events = new Dictionary<string, EventTable>
            {
                ["b"] = new() { Event = "the \"event\"", Time = "at \"times\"" },
            },
            Users = new(users, key),
        };

    [Fact]
    public void A_breakdown_by_users_of_a_funnel_of_sessions_is_refused_and_not_answered_with_nothing() =>
        Assert.Contains(
            "session",
            Assert
                .Throws<Sluice.Core.DefinitionException>(() =>
                    FunnelCheck.Definition(
                        Funnel with
                        {
                            Unit = "session",
                            By = [new("sex")],
                        },
                        ProjectWith("dim_user", "key")
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_funnel_over_the_users_themselves_reads_them_once() =>
        Assert.Equal(
            ["dim_user"],
            FunnelQuery.TablesOf(Funnel with { EventTable = "dim_user", By = [new("sex")] }, new("dim_user", "user_id"))
        );

    [Fact]
    public void Users_without_a_key_are_not_repeated_users() =>
        Assert.Contains(
            "is not null",
            FunnelQuery.RepeatedUsers(new("dim_user", "user_id")),
            StringComparison.OrdinalIgnoreCase
        );
}
