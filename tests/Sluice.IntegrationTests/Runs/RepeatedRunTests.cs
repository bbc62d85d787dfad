namespace Sluice.IntegrationTests.Runs;

public sealed class RepeatedRunTests
{
    [Fact]
    public void A_second_run_says_that_the_day_is_done_and_changes_nothing()
    {
        using var project = SluiceProject.RanSample();
        var before = project.Files();

        var second = project.RunDay();

        Assert.Contains("2015-05-01 is done: build 1 has it already.", second.Output, StringComparison.Ordinal);
        Assert.Equal(before, project.Files());
    }

    [Fact]
    public void Reextracting_an_unchanged_source_gives_the_same_rows_in_a_new_build()
    {
        using var project = SluiceProject.RanSample();
        var before = project.Fingerprint();

        var again = project.RunDay(options: "--reextract");

        Assert.Contains("build 2 is published", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, project.Fingerprint());
        Assert.Equal(before, project.Fingerprint(asOf: "1"));
        project.AssertWhole();
    }

    [Fact]
    public void Reextracting_brings_what_changed_in_the_source()
    {
        using var project = SluiceProject.RanSample();
        project.Sql("delete from step6");

        project.RunDay();
        Assert.NotEqual("0", project.Value("select count(*) from step6_fact"));

        project.RunDay(options: "--reextract");
        Assert.Equal("0", project.Value("select count(*) from step6_fact"));
    }

    [Fact]
    public void A_file_that_the_log_does_not_name_is_not_read()
    {
        using var project = SluiceProject.RanSample();
        var before = project.Fingerprint();
        foreach (var table in project.Tables())
        {
            var live = StateFolder.LiveFiles(table)[0];
            File.Copy(live, Path.Combine(Path.GetDirectoryName(live)!, "part-99999-stray.zstd.parquet"));
        }

        Assert.Equal(before, project.Fingerprint());
        project.RunDay(options: "--full-refresh");
        Assert.Equal(before, project.Fingerprint());
    }
}
