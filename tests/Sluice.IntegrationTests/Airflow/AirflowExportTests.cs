namespace Sluice.IntegrationTests.Airflow;

/// <summary><c>sluice airflow export</c>, as a user meets it.</summary>
public sealed class AirflowExportTests
{
    private static readonly string[] Names =
    [
        "sluice_dimension_modeling.py",
        "sluice_funnel_pipeline.py",
        "test_dags.py",
    ];

    [Fact]
    public void An_export_replaces_and_removes_what_an_export_wrote()
    {
        using var project = SluiceProject.Sample();
        var dags = Directory.CreateDirectory(Path.Combine(project.Folder, "dags")).FullName;
        File.WriteAllText(Path.Combine(dags, "sluice_gone.py"), "# Written by 'sluice airflow export': an older one\n");
        File.WriteAllText(Path.Combine(dags, "sluice_mine.py"), "# mine\n");

        var first = project.Run("airflow", "export", "dags", "--workdir", "/srv/shop").Done();
        var second = project.Run("airflow", "export", "dags").Done();

        Assert.Contains("removed  dags/sluice_gone.py", first.Lines);
        Assert.Equal([.. Names, "sluice_mine.py"], Files(dags));
        Assert.DoesNotContain("removed", second.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"cwd=\"{project.Folder}\"",
            File.ReadAllText(Path.Combine(dags, Names[1])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_of_somebody_else_stays_and_nothing_is_written()
    {
        using var project = SluiceProject.Sample();
        var dags = Directory.CreateDirectory(Path.Combine(project.Folder, "dags")).FullName;
        File.WriteAllText(Path.Combine(dags, "test_dags.py"), "# mine\n");

        project.Run("airflow", "export", "dags").Fails(2, "test_dags.py", "Move them away");

        Assert.Equal(["test_dags.py"], Files(dags));
        Assert.Equal("# mine\n", File.ReadAllText(Path.Combine(dags, "test_dags.py")));
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Select(path => Path.GetFileName(path)!)
            .OrderBy(name => name == "sluice_mine.py")
            .ThenBy(name => name, StringComparer.Ordinal);
}
