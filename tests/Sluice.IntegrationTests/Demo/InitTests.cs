namespace Sluice.IntegrationTests.Demo;

/// <summary><c>sluice init</c>: a project to begin with.</summary>
public sealed class InitTests
{
    [Fact]
    public void An_empty_project_can_be_opened()
    {
        using var project = new SluiceProject();
        project.Run("init").Done();
        Assert.True(File.Exists(Path.Combine(project.Folder, "sluice.yaml")));
        Assert.True(Directory.Exists(Path.Combine(project.Folder, "models")));
        Assert.True(Directory.Exists(Path.Combine(project.Folder, "funnels")));
        Assert.Contains("There are no tables yet", project.Run("tables").Done().Output, StringComparison.Ordinal);
        Assert.Contains("There are no funnels yet", project.Run("funnel").Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_for_a_database_loads_all_its_tables()
    {
        using var project = new SluiceProject();
        project.Sql(
            """
            create table users (id integer); insert into users values (1), (2);
            create table "we""ird 'name': #" (id integer); create table "123" (id integer); create table "true" (id integer);
            """
        );

        project.Run("init", "made here", "--sqlite", "app.db").Done();
        project.Run("run", "--project", "made here", "--date", SluiceProject.Day).Done();

        var tables = project.Run("tables", "--project", "made here", "--format", "csv").Done().Output;
        Assert.All(
            ["app.users,0,2", "app.123,0,0", "app.true,0,0"],
            row => Assert.Contains(row, tables, StringComparison.Ordinal)
        );
        Assert.Contains("we\"\"ird 'name': #", tables, StringComparison.Ordinal);
    }

    [Fact]
    public void A_project_is_not_overwritten()
    {
        using var project = new SluiceProject();
        project.Write("sluice.yaml", "name: mine");
        project.Run("init").Fails(2, "There is a project");
        Assert.Equal("name: mine", File.ReadAllText(Path.Combine(project.Folder, "sluice.yaml")));
    }

    [Fact]
    public void A_database_that_is_not_there_is_named()
    {
        using var project = new SluiceProject();
        project.Run("init", "--sqlite", "none.db").Fails(1, "none.db");
        Assert.Empty(Directory.EnumerateFileSystemEntries(project.Folder));
    }

    [Fact]
    public void Without_a_command_it_explains_itself_in_one_screen()
    {
        using var project = new SluiceProject();
        var lines = project.Run().Done().Output.TrimEnd().Split('\n');
        Assert.InRange(lines.Length, 10, 30);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 100));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("init")]
    [InlineData("run")]
    [InlineData("extract")]
    [InlineData("model")]
    [InlineData("import")]
    [InlineData("query")]
    [InlineData("funnel")]
    [InlineData("tables")]
    public void Every_command_has_help_with_an_example(string command)
    {
        using var project = new SluiceProject();
        var help = project.Run(command, "--help").Done().Output;
        Assert.Matches($@"Examples:\s+sluice {command}", help);
    }
}
