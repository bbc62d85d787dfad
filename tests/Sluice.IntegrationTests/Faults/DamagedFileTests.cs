namespace Sluice.IntegrationTests.Faults;

/// <summary>Data files that were harmed on disk: said with the table and a way out, never a wrong answer.</summary>
public sealed class DamagedFileTests
{
    private const string Sum = "select sum(user_id), count(*) from app.users";

    [Fact]
    public void A_truncated_file_is_named_and_can_be_loaded_again() =>
        AssertNamed("raw/app/users", Sum, file => file[..(file.Length / 2)], "--reextract");

    [Fact]
    public void A_file_with_flipped_bytes_is_named_and_can_be_loaded_again() =>
        AssertNamed("raw/app/users", Sum, Flip, "--reextract");

    [Fact]
    public void A_deleted_file_is_named_and_can_be_loaded_again() =>
        AssertNamed("raw/app/users", Sum, _ => null, "--reextract");

    [Fact]
    public void A_truncated_mart_is_named_and_can_be_built_again() =>
        AssertNamed(
            "marts/dim_user",
            "select sum(user_id), count(*) from dim_user",
            file => file[..^1],
            "--full-refresh"
        );

    [Fact]
    public void A_mart_with_flipped_bytes_is_named_and_can_be_built_again() =>
        AssertNamed("marts/dim_user", "select sum(user_id), count(*) from dim_user", Flip, "--full-refresh");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Queries_of_other_tables_go_on(bool isSameSize)
    {
        using var project = SluiceProject.RanSample();
        var file = LiveFile(project, "raw/app/users");
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, isSameSize ? [.. bytes[..^40], .. new byte[40]] : bytes[..^1]);

        Assert.NotEqual("0", project.Value("select count(*) from dim_user"));
        project.Run("query", "select 1 from app.USERS").Fails(1, "raw/app/users", "damaged");
    }

    [Fact]
    public void A_funnel_over_a_deleted_mart_names_it()
    {
        using var project = SluiceProject.RanSample();
        File.Delete(LiveFile(project, "marts/step5_fact"));
        project.Run("funnel", "payment_to_confirmation").Fails(1, "marts/step5_fact", "is missing", "sluice model");
    }

    [Fact]
    public void A_mart_whose_changed_bytes_still_decode_is_named_by_a_deep_verification()
    {
        using var project = SluiceProject.Of("create table t (id integer primary key); insert into t values (1)", "t:");
        // Numbers that do not compress lie in the file as they are.
        project.Write("models/numbers.sql", "select hash(i) / 1e19 as x from range(2000) r(i)");
        project.RunDay();
        project.Run("lake", "verify", "--deep").Done();
        var (file, sum) = (LiveFile(project, "marts/numbers"), project.Value("select sum(x) from numbers"));
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(file, bytes);

        Assert.NotEqual(sum, project.Value("select sum(x) from numbers"));
        project.Run("lake", "verify").Done();
        var found = project.Run("lake", "verify", "--deep", "--format", "csv");

        Assert.Equal(1, found.Exit);
        Assert.Equal($"numbers,{file},has other bytes than were written (checksum)", found.Lines[^1].TrimEnd());

        project.RunDay(options: "--full-refresh");
        Assert.Equal(sum, project.Value("select sum(x) from numbers"));
    }

    [Fact]
    public void Changed_bytes_that_still_decode_are_in_no_funnel_no_model_and_no_index()
    {
        using var project = SluiceProject.Of("create table t (id integer primary key); insert into t values (1)", "t:");
        File.AppendAllText(
            Path.Combine(project.Folder, "sluice.yaml"),
            "\nevents:\n  visits: { event: page, time: seen, user: id }\n"
        );
        project.Write(
            "models/visits.sql",
            """
            {{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}
            select i as id, 'a' as page, timestamptz '2015-05-01' as seen, hash(i) / 1e19 as x
            from {{ source('app', 't') }} t, range(2000) r(i)
            {% if is_incremental() %}where i = 1999{% endif %}
            """
        );
        project.RunDay();
        var file = LiveFile(project, "marts/visits");
        var sound = File.ReadAllBytes(file);
        var bytes = (byte[])sound.Clone();
        bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(file, bytes);
        Assert.Equal("2000", project.Value("select count(*) from visits where x >= 0 or true"));

        string[] words = ["marts/visits", file, "has other bytes than were written", "--full-refresh"];
        project.Run("funnel", "--steps", "a,a", "--engine", "sql").Fails(1, words);
        project.Run("funnel", "--steps", "a,a", "--engine", "sql", "--why", "7").Fails(1, words);
        project.Run("funnel", "--steps", "a,a", "--engine", "index").Done();
        project.Run("run", "--date", "2015-05-02").Fails(1, words);
        Directory.Delete(Path.Combine(project.State, "journeys"), recursive: true);
        project.Run("model", "--date", SluiceProject.Day).Fails(1, words);

        File.WriteAllBytes(file, sound);
        project.Run("model", "--date", SluiceProject.Day).Done();
        project.Run("funnel", "--steps", "a,a", "--engine", "sql").Done();
    }

    [Fact]
    public void A_damaged_index_is_found_by_a_deep_verification_of_all()
    {
        using var project = SluiceProject.RanSample();
        var index = Assert.Single(Directory.GetDirectories(Path.Combine(project.State, "journeys")));
        Assert.EndsWith(
            ", 1 journeys index: all is as the logs say.",
            project.Run("lake", "verify", "--deep").Done().Lines[^1],
            StringComparison.Ordinal
        );
        var file = Directory.GetFiles(index, "*-events.arrow")[0];
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        project.Run("lake", "verify").Done();
        project.Run("lake", "verify", "dim_user", "--deep").Done();
        var found = project.Run("lake", "verify", "--deep");

        found.Fails(1, "1 problem was", "delete its folder");
        Assert.Contains($"The journeys index '{index}' is damaged", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_log_is_named()
    {
        using var project = SluiceProject.RanSample();
        var log = Path.Combine(project.TableFolder("raw/app/users"), "_delta_log", "00000000000000000000.json");
        File.WriteAllText(log, File.ReadAllText(log)[..100]);
        project.Run("query", Sum).Fails(1, "log of raw/app/users is damaged", "00000000000000000000.json");
    }

    [Fact]
    public void A_damaged_build_file_is_named()
    {
        using var project = SluiceProject.RanSample();
        File.WriteAllText(Path.Combine(project.State, "builds", "00000000000000000001.json"), "{");
        project.Run("query", Sum).Fails(1, "00000000000000000001.json", "sluice run");
    }

    private static void AssertNamed(string table, string sql, Func<byte[], byte[]?> harm, string mend)
    {
        using var project = SluiceProject.RanSample(users: 20_000);
        var before = project.Query(sql);
        var file = LiveFile(project, table);
        var harmed = harm(File.ReadAllBytes(file));
        File.Delete(file);
        if (harmed is not null)
        {
            File.WriteAllBytes(file, harmed);
        }

        project.Run("query", sql).Fails(1, table, "damaged", mend);

        project.RunDay(options: mend);
        Assert.Equal(before, project.Query(sql));
    }

    private static string LiveFile(SluiceProject project, string table) =>
        Assert.Single(StateFolder.LiveFiles(project.TableFolder(table)));

    private static byte[] Flip(byte[] file)
    {
        for (var at = file.Length / 8; at < file.Length * 7 / 8; at += 97)
        {
            file[at] ^= 0xFF;
        }

        return file;
    }
}
