using System.Globalization;

namespace Sluice.IntegrationTests.Demo;

/// <summary>The shop's real tables, imported from CSV files, give the tables that its original system printed.</summary>
public sealed class RealDataTests(RealDataTests.ImportedShop shop) : IClassFixture<RealDataTests.ImportedShop>
{
    [Theory]
    [InlineData("payment_to_confirmation", "dropoff_step5_to_step6_by_sex_channel.csv")]
    [InlineData("search_to_payment", "dropoff_step4_to_step5_by_sex_channel_month.csv")]
    public void Dropoffs_are_those_of_the_original_system(string funnel, string file)
    {
        var expected = Rows(file);
        var answer = Project.Answer(funnel);

        // The original printed its longest table only in part.
        Assert.True(expected.Count >= 4);
        foreach (var row in expected)
        {
            var segment = answer[Segment(row)];
            Assert.Equal(Number(row, "total_step4_visits", "total_step5_visits"), segment.From);
            Assert.Equal(Number(row, "total_step6_visits", "total_step5_visits"), segment.To);
            Assert.Equal(double.Parse(row["perc_dropoff"], CultureInfo.InvariantCulture), 100 * segment.DropOff, 1e-9);
        }

        Assert.Equal(funnel == "search_to_payment" ? 16 : expected.Count, answer.Count);
    }

    [Fact]
    public void Visits_of_the_last_step_are_those_of_the_original_system()
    {
        var expected = Rows("step6_visits_by_sex_channel_month.csv")
            .ToDictionary(Segment, row => Number(row, "total_visits", "total_visits"));

        Assert.Equal(16, expected.Count);
        Assert.Equivalent(
            expected,
            Project.Answer("step6_visits").ToDictionary(segment => segment.Key, segment => segment.Value.To),
            strict: true
        );
    }

    [Fact]
    public void Every_row_of_the_files_is_in_the_lake() =>
        Assert.Equal(
            ["90400,90400,90400,81360,72320,45200,6030,452"],
            Project.Query(
                """
                select
                    (select count(*) from app.users), (select count(user_id) from dim_user), (select count(*) from step1_fact),
                    (select count(*) from step2_fact), (select count(*) from step3_fact), (select count(*) from step4_fact),
                    (select count(*) from step5_fact), (select count(*) from step6_fact)
                """
            )
        );

    private SluiceProject Project
    {
        get
        {
            Assert.SkipUnless(shop.Project is not null, $"The real files are not in '{ImportedShop.Files}'.");
            return shop.Project!;
        }
    }

    private static List<Dictionary<string, string>> Rows(string file)
    {
        Assert.SkipUnless(Directory.Exists(ImportedShop.Files), $"The real files are not in '{ImportedShop.Files}'.");
        var lines = File.ReadAllLines(Path.Combine(ImportedShop.Files, "expected", file));
        var names = lines[0].Split(',');
        return
        [
            .. lines
                .Skip(1)
                .Where(line => line.Length > 0)
                .Select(line => names.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second)),
        ];
    }

    private static string Segment(Dictionary<string, string> row) =>
        $"{row["sex"]}|{row["channel"]}" + (row.TryGetValue("month", out var month) ? $"|{month}" : "");

    // Step 5 is the end of one table and the beginning of the other.
    private static long Number(Dictionary<string, string> row, string name, string otherwise) =>
        long.Parse(row.GetValueOrDefault(name) ?? row[otherwise], CultureInfo.InvariantCulture);

    /// <summary>The demo's project with imported tables in place of a database; none where the files are not at hand.</summary>
    public sealed class ImportedShop : IDisposable
    {
        public ImportedShop()
        {
            if (!Directory.Exists(Files))
            {
                return;
            }

            Project = SluiceProject.Sample(users: 1);
            Project.Write(
                "sluice.yaml",
                "sources: {app: {kind: import}}\nusers: {table: dim_user_current, key: user_id}\n"
            );
            foreach (var file in WithoutEvents)
            {
                File.Delete(Path.Combine(Project.Folder, "models", file));
            }

            File.Delete(Path.Combine(Project.Folder, "funnels", "checkout.yaml"));
            foreach (var table in new[] { "users", "step1", "step2", "step3", "step4", "step5", "step6" })
            {
                Project
                    .Run("import", Path.Combine(Files, $"{table}.csv"), "--table", table, "--date", SluiceProject.Day)
                    .Done();
            }

            Project.Run("model", "--date", SluiceProject.Day).Done();
        }

        // The shop's original system had no events.
        private static string[] WithoutEvents { get; } =
        [
            "dim_channel.sql",
            "dim_device.sql",
            "dim_page.sql",
            "dim_product.sql",
            "fact_page_visit.sql",
            "fact_session.sql",
            "visit_dimensions.yml",
            "visits.yml",
        ];

        public static string Files { get; } =
            Environment.GetEnvironmentVariable("SLUICE_ECOMMERCE_DATA") ?? Repository.EcommerceData;

        internal SluiceProject? Project { get; }

        public void Dispose() => Project?.Dispose();
    }
}
