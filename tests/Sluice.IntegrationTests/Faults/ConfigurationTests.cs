namespace Sluice.IntegrationTests.Faults;

/// <summary>A wrong project or command line: exit code 2, and nothing was tried.</summary>
public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("tables")]
    [InlineData("query", "select 1")]
    [InlineData("funnel")]
    [InlineData("extract")]
    [InlineData("model")]
    [InlineData("import", "x.csv", "--table", "x")]
    public void A_folder_without_a_project_is_named(params string[] command)
    {
        using var project = new SluiceProject();
        project.Run(command).Fails(2, "There is no sluice.yaml in", project.Folder, "sluice init");
    }

    [Fact]
    public void Broken_yaml_is_reported_with_its_line()
    {
        using var project = new SluiceProject();
        project.Write("sluice.yaml", "name: shop\nsources: \"app\n");
        var failed = project.Run("run", "--date", SluiceProject.Day).Fails(2, "this is no YAML");
        Assert.Matches("sluice.yaml:2", failed.Error);
    }

    [Fact]
    public void Yaml_that_ends_inside_a_list_is_reported_with_its_line()
    {
        using var project = new SluiceProject();
        project.Write("sluice.yaml", "name: shop\nsources:\n  app: {kind: sqlite\n  path: [\n");
        var failed = project.Run("run", "--date", SluiceProject.Day).Fails(2, "this is no YAML");
        Assert.Matches("sluice.yaml:[345]", failed.Error);
    }

    [Fact]
    public void All_problems_are_reported_at_once_each_with_its_line()
    {
        using var project = new SluiceProject();
        project.Write(
            "sluice.yaml",
            """
            nmae: shop
            timezone: Europe/Berlim
            sources:
              app:
                kind: oracle
              shop:
                kind: sqlite
            """
        );

        project
            .Run("run", "--date", SluiceProject.Day)
            .Fails(
                2,
                "sluice.yaml:1",
                "'nmae'",
                "name",
                "sluice.yaml:2",
                "Europe/Berlim",
                "sluice.yaml:5",
                "oracle",
                "'path' is missing"
            );
        Assert.False(Directory.Exists(project.State));
    }

    [Fact]
    public void A_template_that_is_not_known_is_named_with_file_and_line()
    {
        using var project = SluiceProject.Of("create table t (id integer)", "t:");
        project.Write("models/m.sql", "select 1 as a\n{% include 'y.sql' %}");
        project.Run("model", "--date", SluiceProject.Day).Fails(2, "models/m.sql:2", "{% include %}", "macro");
    }

    [Fact]
    public void A_table_that_is_not_in_the_project_is_named_with_the_nearest_one()
    {
        using var project = SluiceProject.Of("create table users (id integer)", "users:");
        project.Run("extract", "usres", "--date", SluiceProject.Day).Fails(2, "usres", "users");
    }

    [Fact]
    public void A_source_of_a_model_that_is_not_in_the_project_is_named()
    {
        using var project = SluiceProject.Of("create table users (id integer)", "users:");
        project.Write("models/m.sql", "select * from {{ source('app', 'usres') }}");
        project.Run("model", "--date", SluiceProject.Day).Fails(2, "models/m.sql", "usres", "app.users");
    }

    [Theory]
    [InlineData("--date", "2015-02-30")]
    [InlineData("--date", "yesterday")]
    public void A_date_that_is_none_is_refused(params string[] options)
    {
        using var project = SluiceProject.Of("create table users (id integer)", "users:");
        project.Run(["run", .. options]).Fails(2, options[1], "2015-05-01");
    }

    [Fact]
    public void A_day_that_is_not_over_is_refused()
    {
        using var project = SluiceProject.Of("create table users (id integer)", "users:");
        project.Run("run", "--date", "2999-01-01").Fails(2, "is not over");
        Assert.False(Directory.Exists(project.State));
    }

    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("funel", "funnel")]
    public void An_unknown_command_is_answered_with_the_nearest_one(string written, string meant)
    {
        using var project = new SluiceProject();
        project.Run(written).Fails(2, written, meant);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("2014-01-01")]
    [InlineData("last")]
    public void A_build_that_is_not_there_is_refused(string asOf)
    {
        using var project = SluiceProject.Of("create table users (id integer)", "users:");
        project.RunDay();
        project.Run("query", "select 1", "--as-of", asOf).Fails(2, asOf);
        project.Run("tables", "--as-of", asOf).Fails(2, asOf);
    }
}
