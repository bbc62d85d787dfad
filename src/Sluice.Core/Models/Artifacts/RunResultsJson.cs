using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Core.Models.Building;
using Sluice.Core.Models.Testing;
using Sluice.Core.Projects;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Artifacts;

/// <summary>dbt's <c>target/run_results.json</c>, version 6: how each model and test of a run ended.</summary>
public static class RunResultsJson
{
    /// <summary>What is said of a model whose table stayed as it was; dbt has no word for it but <c>success</c>.</summary>
    public const string Unchanged = "nothing changed";

    /// <summary>Makes the document; every key is there, null where there is nothing to say.</summary>
    /// <param name="project">The project.</param>
    /// <param name="run">The call of the command.</param>
    /// <param name="outcome">What the run did.</param>
    /// <param name="before">The document of the run before, whose tests still say what is so of a model that was kept; null for none.</param>
    /// <returns>UTF-8.</returns>
    public static byte[] Write(
        ProjectDefinition project,
        ArtifactRun run,
        RunOutcome outcome,
        ReadOnlyMemory<byte>? before = null
    )
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(outcome);
        var id = new ArtifactId(project);
        var results = new JsonArray();
        var earlier = Passed(before);
        foreach (var model in outcome.Models)
        {
            results.Add(OfModel(id, model));
            AddTests(results, id, project, model, earlier);
        }

        foreach (var name in outcome.Skipped)
        {
            var model = project.Models.Get(name);
            results.Add(Skipped(id.Of(model), Relation(model), "not run: what it reads was not built"));
            var tests = model.Tests.Where(test => !TestPlaces.IsLate(test, project));
            foreach (var test in model.UnitTests.Select(id.Of).Concat(tests.Select(id.Of)))
            {
                results.Add(Skipped(test, null, "not run: its model was not built"));
            }
        }

        AddLateTests(results, id, project, outcome);
        return ArtifactJson.Bytes(
            new()
            {
                ["metadata"] = ArtifactJson.Metadata("run-results/v6", run),
                ["results"] = results,
                ["elapsed_time"] = outcome.Elapsed.TotalSeconds,
                ["args"] = ArtifactJson.Of(run.Arguments),
            }
        );
    }

    private static JsonObject OfModel(ArtifactId id, NodeResult result)
    {
        var isDone = result.Outcome is not null;
        var response = new JsonObject();
        if (result.Outcome?.Rows is { } rows)
        {
            response["rows_affected"] = result.Outcome.AlreadyDone ? 0 : rows;
        }

        return Result(
            id.Of(result.Model),
            isDone ? "success" : "error",
            result.Failure ?? (result.Outcome!.AlreadyDone ? Unchanged : null),
            failures: null,
            (result.StartedAt, result.Elapsed),
            result.Statement,
            Relation(result.Model),
            response
        );
    }

    // A test that failed was one of rows that nobody published.
    private static Dictionary<string, JsonNode> Passed(ReadOnlyMemory<byte>? before)
    {
        try
        {
            return before is { } content && JsonNode.Parse(content.Span)?["results"] is JsonArray results
                ? results
                    .OfType<JsonObject>()
                    .Where(result => (string?)result["status"] is "pass" or "warn" && result["unique_id"] is not null)
                    .DistinctBy(result => (string?)result["unique_id"])
                    .ToDictionary(result => (string)result["unique_id"]!, JsonNode (result) => result)
                : [];
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            // Another program's, or half a file: this run writes it anew.
            return [];
        }
    }

    private static void AddTests(
        JsonArray results,
        ArtifactId id,
        ProjectDefinition project,
        NodeResult result,
        Dictionary<string, JsonNode> earlier
    )
    {
        var tests = result
            .Model.UnitTests.Select(test => (test.Name, test.File, test.Line, Id: id.Of(test)))
            .Concat(
                result
                    .Model.Tests.Where(test => !TestPlaces.IsLate(test, project))
                    .Select(test => (test.Name, test.File, test.Line, Id: id.Of(test)))
            );
        foreach (var (name, file, line, uniqueId) in tests)
        {
            if (
                result.Tests.FirstOrDefault(test => test.Name == name && test.File == file && test.Line == line) is
                { } test
            )
            {
                results.Add(OfTest(uniqueId, test));
            }
            else if (result.Failure is not null)
            {
                results.Add(Skipped(uniqueId, null, "not run: its model failed"));
            }
            else if (earlier.TryGetValue(uniqueId, out var same))
            {
                results.Add(same.DeepClone());
            }
        }
    }

    private static void AddLateTests(JsonArray results, ArtifactId id, ProjectDefinition project, RunOutcome outcome)
    {
        var isCut = outcome.Skipped.Count > 0 || outcome.Models.Any(model => model.Failure is not null);
        foreach (var test in TestPlaces.Late(project))
        {
            if (outcome.LateTests.FirstOrDefault(known => known.Name == test.Name) is { } result)
            {
                results.Add(OfTest(id.Of(test), result));
            }
            else if (isCut)
            {
                results.Add(Skipped(id.Of(test), null, "not run: a model was not built"));
            }
        }
    }

    private static JsonObject OfTest(string uniqueId, TestResult result) =>
        Result(
            uniqueId,
            result.Status switch
            {
                TestStatus.Pass => "pass",
                TestStatus.Warn => "warn",
                TestStatus.Fail => "fail",
                TestStatus.Error => "error",
            },
            result.Message ?? Found(result.Failures),
            result.Status == TestStatus.Error ? null : result.Failures,
            (result.StartedAt, result.Elapsed),
            result.Statement,
            relation: null,
            []
        );

    private static string? Found(long failures) =>
        failures switch
        {
            0 => null,
            1 => "found 1 row",
            _ => string.Create(CultureInfo.InvariantCulture, $"found {failures} rows"),
        };

    private static JsonObject Skipped(string uniqueId, string? relation, string message) =>
        Result(uniqueId, "skipped", message, failures: null, time: null, "", relation, []);

    private static JsonObject Result(
        string uniqueId,
        string status,
        string? message,
        long? failures,
        (DateTimeOffset StartedAt, TimeSpan Elapsed)? time,
        string statement,
        string? relation,
        JsonObject response
    ) =>
        new()
        {
            ["status"] = status,
            ["timing"] = time is { } at ? Timing(at.StartedAt, at.Elapsed) : new JsonArray(),
            ["thread_id"] = "Thread-1",
            ["execution_time"] = time?.Elapsed.TotalSeconds ?? 0,
            ["adapter_response"] = response,
            ["message"] = message,
            ["failures"] = failures,
            ["unique_id"] = uniqueId,
            ["compiled"] = statement.Length > 0,
            ["compiled_code"] = statement.Length > 0 ? statement : null,
            ["relation_name"] = relation,
        };

    // A template is rendered in no time worth measuring: dbt's two spans are both there, and the first is empty.
    private static JsonArray Timing(DateTimeOffset startedAt, TimeSpan elapsed) =>
        [Span("compile", startedAt, startedAt), Span("execute", startedAt, startedAt + elapsed)];

    private static JsonObject Span(string name, DateTimeOffset from, DateTimeOffset to) =>
        new()
        {
            ["name"] = name,
            ["started_at"] = ArtifactJson.Instant(from),
            ["completed_at"] = ArtifactJson.Instant(to),
        };

    private static string? Relation(ModelDefinition model) =>
        model.Config.Materialized == Materialization.Ephemeral ? null : SqlIdentifier.Quote(TableId.Mart(model.Name));
}
