using System.CommandLine;
using System.CommandLine.Help;
using Sluice.Cli;
using Sluice.Cli.Commands;

namespace Sluice.Tests.Cli.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Names => [.. App.CreateRoot().Subcommands.Select(command => command.Name)];

    /// <summary>With those below another: <c>extract stop</c>.</summary>
    public static TheoryData<string> AllNames =>
        [
            .. App.CreateRoot()
                .Subcommands.SelectMany(command =>
                    command.Subcommands.Select(inner => $"{command.Name} {inner.Name}").Prepend(command.Name)
                ),
        ];

    [Fact]
    public void The_commands_are_those_that_users_know() =>
        Assert.Equal(
            [
                "demo",
                "init",
                "run",
                "scheduler",
                "up",
                "dags",
                "runs",
                "extract",
                "sources",
                "model",
                "tasks",
                "builds",
                "docs",
                "funnel",
                "query",
                "tables",
                "lake",
                "import",
                "airflow",
            ],
            App.CreateRoot().Subcommands.Select(command => command.Name)
        );

    [Theory, MemberData(nameof(AllNames))]
    public void A_command_says_what_it_does_and_shows_how(string name)
    {
        var command = Assert.IsType<ExampleCommand>(Find(name));

        Assert.EndsWith(".", command.Description, StringComparison.Ordinal);
        Assert.NotEmpty(command.Examples);
        Assert.All(command.Examples, example => Assert.StartsWith($"sluice {name}", example, StringComparison.Ordinal));
        Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description)));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description)));
    }

    [Theory, MemberData(nameof(AllNames))]
    public void Every_example_can_be_parsed(string name) =>
        Assert.All(
            ((ExampleCommand)Find(name)).Examples,
            example => Assert.Empty(App.CreateRoot().Parse(example["sluice ".Length..]).Errors)
        );

    [Theory, MemberData(nameof(AllNames))]
    public void Its_help_is_what_was_reviewed(string name) =>
        Golden.Match($"help/{name.Replace(' ', '-')}.txt", HelpOf([.. name.Split(' '), "--help"]));

    [Fact]
    public void The_help_of_the_whole_is_what_was_reviewed() => Golden.Match("help/sluice.txt", HelpOf("--help"));

    [Theory, MemberData(nameof(AllNames))]
    public void Options_are_lower_case_words(string name) =>
        Assert.All(Find(name).Options, option => Assert.Matches("^--[a-z]+(-[a-z]+)*$", option.Name));

    [Theory]
    [InlineData("run --dat 2015-05-01")]
    [InlineData("import x.csv")]
    [InlineData("query")]
    [InlineData("query a b")]
    [InlineData("tables --format xml")]
    [InlineData("funnel a b")]
    [InlineData("funnel a --format xml")]
    [InlineData("funnel a --trend hour")]
    [InlineData("funnel a --engine magic")]
    [InlineData("funnel a --bins many")]
    [InlineData("demo --users many")]
    [InlineData("frobnicate")]
    public void What_is_no_command_line_is_refused(string line) => Assert.NotEmpty(App.CreateRoot().Parse(line).Errors);

    [Fact]
    public void The_overview_names_every_command_and_fits_a_screen()
    {
        Assert.All(Names, name => Assert.Contains($"sluice {name.Data}", Overview.Text, StringComparison.Ordinal));
        Assert.InRange(Overview.Text.Split('\n').Length, 1, 24);
        Assert.All(Overview.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 90));
    }

    private static Command Find(string name) =>
        name.Split(' ')
            .Aggregate(
                (Command)App.CreateRoot(),
                (above, word) => above.Subcommands.Single(command => command.Name == word)
            );

    private static string HelpOf(params string[] args)
    {
        var root = App.CreateRoot();
        // Not the width of the terminal that the tests run in.
        root.Options.OfType<HelpOption>().Single().Action = new HelpExamples(
            new HelpAction { MaxWidth = int.MaxValue }
        );
        using var output = new StringWriter();
        root.Parse(args).Invoke(new InvocationConfiguration { Output = output });
        // The program is the one that runs the tests.
        var lines = output
            .ToString()
            .ReplaceLineEndings("\n")
            .Replace("Sluice.Tests", "sluice", StringComparison.Ordinal);
        return string.Join('\n', lines.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
    }
}
