using System.Text;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Models.Artifacts;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Testing;
using static Sluice.Tests.Core.Models.ModelProjects;
using TestResult = Sluice.Core.Models.Testing.TestResult;

namespace Sluice.Tests.Core.Models.Artifacts;

public sealed class RunResultsJsonTests
{
    // What dbt's schema of run results, version 6, requires.
    private const string Keys =
        "status timing thread_id execution_time adapter_response message failures unique_id compiled compiled_code relation_name";

    private static readonly ArtifactRun Run = new("0.1.0", "b7a4", Now)
    {
        Arguments = new Dictionary<string, object?> { ["which"] = "model" },
    };

    private static readonly RunOutcome Half = new(
        [
            Done("countries", alreadyDone: true),
            Done("stg_users", alreadyDone: true, rows: null),
            Done("dim_user", alreadyDone: false) with
            {
                Tests =
                [
                    Result("keeps_the_country", TestStatus.Pass, 0) with
                    {
                        Line = 12,
                    },
                    Result("unique_dim_user_user_id", TestStatus.Pass, 0),
                    Result("accepted_values_dim_user_country__DE__FR", TestStatus.Warn, 11),
                ],
            },
            new(Visits, Now, TimeSpan.FromSeconds(1)) { Failure = "no such column", Statement = "select x" },
        ],
        [],
        ["users_now"],
        TimeSpan.FromSeconds(2.5)
    );

    [Fact]
    public void The_document_has_every_key_of_the_schema_and_no_other()
    {
        var document = Document(Half);
        Assert.Equal(["metadata", "results", "elapsed_time", "args"], Names(document));
        Assert.Equal(
            ["dbt_schema_version", "dbt_version", "generated_at", "invocation_id", "env"],
            Names(document.GetProperty("metadata"))
        );
        Assert.Equal(
            "https://schemas.getdbt.com/dbt/run-results/v6.json",
            document.GetProperty("metadata").GetProperty("dbt_schema_version").GetString()
        );
        Assert.Equal(2.5, document.GetProperty("elapsed_time").GetDouble());
        Assert.Equal("model", ArtifactPath.At(document, "args/which").GetString());
        Assert.Equal(10, document.GetProperty("results").GetArrayLength());
        Assert.All(
            document.GetProperty("results").EnumerateArray(),
            result => Assert.Equal(Keys.Split(' '), Names(result))
        );
    }

    [Theory]
    [InlineData("seed.shop.countries", "success", "nothing changed", null, 0L)]
    [InlineData("model.shop.dim_user", "success", null, null, 7L)]
    [InlineData("unit_test.shop.dim_user.keeps_the_country", "pass", null, 0L, null)]
    [InlineData("test.shop.unique_dim_user_user_id.", "pass", null, 0L, null)]
    [InlineData("test.shop.accepted_values_dim_user_country__DE__FR.", "warn", "found 11 rows", 11L, null)]
    [InlineData("model.shop.fact_visit", "error", "no such column", null, null)]
    [InlineData("model.shop.users_now", "skipped", "not run: what it reads was not built", null, null)]
    [InlineData("test.shop.no_visit_before_the_user", "skipped", "not run: a model was not built", null, null)]
    public void A_result_says_how_it_ended(string id, string status, string? message, long? failures, long? rows)
    {
        var result = Of(Half, id);
        Assert.Equal(status, result.GetProperty("status").GetString());
        Assert.Equal(message, result.GetProperty("message").GetString());
        Assert.Equal(failures, Number(result.GetProperty("failures")));
        Assert.Equal(
            rows,
            result.GetProperty("adapter_response").TryGetProperty("rows_affected", out var affected)
                ? affected.GetInt64()
                : null
        );
    }

    [Fact]
    public void What_ran_has_its_two_spans_and_what_did_not_has_none()
    {
        var timing = Of(Half, "model.shop.dim_user").GetProperty("timing");
        Assert.Equal(
            """[{"name":"compile","started_at":"2015-05-02T03:00:00.000000Z","completed_at":"2015-05-02T03:00:00.000000Z"},{"name":"execute","started_at":"2015-05-02T03:00:00.000000Z","completed_at":"2015-05-02T03:00:00.500000Z"}]""",
            ArtifactPath.Text(timing)
        );
        Assert.Equal(0, Of(Half, "model.shop.users_now").GetProperty("timing").GetArrayLength());
    }

    [Fact]
    public void Tests_of_a_model_that_failed_are_skipped()
    {
        var failed = new NodeResult(DimUser, Now, TimeSpan.Zero)
        {
            Failure = "failed 1 of its tests",
            Tests = [Result("keeps_the_country", TestStatus.Fail, 2) with { Line = 12 }],
        };
        var outcome = new RunOutcome([failed], [], [], TimeSpan.Zero);
        Assert.Equal(
            "fail",
            Of(outcome, "unit_test.shop.dim_user.keeps_the_country").GetProperty("status").GetString()
        );
        Assert.Equal("skipped", Of(outcome, "test.shop.unique_dim_user_user_id.").GetProperty("status").GetString());
    }

    [Fact]
    public void A_test_that_could_not_run_counts_no_failures()
    {
        var late = Result("no_visit_before_the_user", TestStatus.Error, 0) with { Message = "no such table" };
        var result = Of(new([], [late], [], TimeSpan.Zero), "test.shop.no_visit_before_the_user");
        Assert.Equal("error", result.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("failures").ValueKind);
    }

    [Fact]
    public void What_was_written_is_read()
    {
        var results = RunResults.Read(RunResultsJson.Write(Shop, Run, Half));
        Assert.Equal("2015-05-02T03:00:00.000000Z", results.GeneratedAt);
        Assert.Equal(new RunResult("error", "no such column", null, 1), results.Results["model.shop.fact_visit"]);
    }

    [Fact]
    public void What_tests_said_of_a_model_stays_while_it_is_kept()
    {
        var kept = new RunOutcome([Done("dim_user", alreadyDone: true)], [], [], TimeSpan.Zero);
        var before = Document(Half)
            .GetProperty("results")
            .EnumerateArray()
            .Select(result => result.ToString())
            .ToList();

        var results = RunResultsJson.Write(Shop, Run, kept, RunResultsJson.Write(Shop, Run, Half));

        Assert.Equal(
            before.FindAll(result => result.Contains("dim_user") && result.Contains("test.shop")),
            JsonDocument
                .Parse(results)
                .RootElement.GetProperty("results")
                .EnumerateArray()
                .Skip(1)
                .Select(result => result.ToString())
        );
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"results": [{"status": "pass"}, {"status": "pass", "unique_id": 7}, 1]}""")]
    [InlineData("""{"results": [{"status": "fail", "unique_id": "unit_test.shop.dim_user.keeps_the_country"}]}""")]
    public void A_file_that_says_nothing_of_use_is_passed_over(string text)
    {
        var kept = new RunOutcome([Done("dim_user", alreadyDone: true)], [], [], TimeSpan.Zero);
        Assert.Equal(
            RunResultsJson.Write(Shop, Run, kept),
            RunResultsJson.Write(Shop, Run, kept, Encoding.UTF8.GetBytes(text))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"results": [{"status": "pass"}]}""")]
    [InlineData("""{"results": [{"unique_id": 1, "status": "pass"}]}""")]
    public void A_damaged_file_is_told(string text)
    {
        var failure = Assert.Throws<PipelineException>(() => RunResults.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
    }

    private static NodeResult Done(string model, bool alreadyDone, long? rows = 7) =>
        new(Shop.Models.Get(model), Now, TimeSpan.FromSeconds(0.5))
        {
            Outcome = new(alreadyDone, rows, []),
            Statement = alreadyDone ? "" : "select 1",
        };

    private static TestResult Result(string name, TestStatus status, long failures) =>
        new(name, "models/schema.yml", 7, status, failures) { StartedAt = Now };

    private static JsonElement Of(RunOutcome outcome, string id) =>
        Document(outcome)
            .GetProperty("results")
            .EnumerateArray()
            .Single(result => result.GetProperty("unique_id").GetString()!.StartsWith(id, StringComparison.Ordinal));

    private static JsonElement Document(RunOutcome outcome) =>
        JsonDocument.Parse(RunResultsJson.Write(Shop, Run, outcome)).RootElement;

    private static IEnumerable<string> Names(JsonElement of) => of.EnumerateObject().Select(key => key.Name);

    private static long? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetInt64();
}
