using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Testing;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>Builds one model: its unit tests, its rows in a private place, its data tests on them, and only then the commit.</summary>
/// <param name="ports">The lake and the engine.</param>
/// <param name="inputs">What the models of the run read.</param>
/// <param name="interval">The interval of the run.</param>
/// <param name="threads">How many models are built side by side.</param>
/// <param name="token">The fencing token of the task; null for none.</param>
internal sealed class ModelBuild(
    ModelingPorts ports,
    ModelInputs inputs,
    DataInterval interval,
    int threads,
    long? token
)
{
    private double MemoryShare => 1.0 / threads;

    /// <summary>Builds it as planned.</summary>
    /// <param name="planned">The model, and what is done with it.</param>
    /// <param name="statement">Its statement.</param>
    /// <param name="built">The models that are built.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TestFailureException">Tests found what must not be.</exception>
    /// <exception cref="PipelineException">The statement failed, or the disk is full.</exception>
    public async Task<(BuiltModel Built, IReadOnlyList<TestResult> Tests)> RunAsync(
        PlannedModel planned,
        string statement,
        IReadOnlyDictionary<string, BuiltModel> built,
        CancellationToken cancellationToken
    )
    {
        var table = TableId.Mart(planned.Model.Name);
        await using var staging = await ports.Store.StageAsync(table, cancellationToken: cancellationToken);
        var (staged, results) = await StageAsync(planned, statement, built, staging.Folder, cancellationToken);
        var version = await ports.Store.CommitAsync(
            table,
            new TableCommit
            {
                Interval = interval,
                // Without a token two runs at once may both land: each names its own version in its build.
                Token = new(TaskToken.ModelOf(interval), token),
                Replaces = ReplaceScope.Table,
                Keeps = staged.Keeps,
                Schema = staged.Schema,
                Files = staged.Files,
                Partitioned = false,
            },
            cancellationToken
        );
        var snapshot = (await ports.Store.ReadAsync(table, version, cancellationToken))!;
        return (new(snapshot, planned.Record, Unchanged: false), results);
    }

    // The engine is closed before the files are committed.
    private async Task<(StagedModel Staged, IReadOnlyList<TestResult> Tests)> StageAsync(
        PlannedModel planned,
        string statement,
        IReadOnlyDictionary<string, BuiltModel> built,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var model = planned.Model;
        var relations = inputs.Of(model.Refs, model.Sources, built);
        var table = TableId.Mart(model.Name);
        var before = planned.Action == PlanAction.Add ? planned.Before : null;
        var read = before is null ? relations : [.. relations, new(table, before.Schema, before.Files)];
        await using var engine = ports.Engine.Share(read, folder, MemoryShare);
        var results = new List<TestResult>(await RunUnitTestsAsync(engine, planned, relations, cancellationToken));
        ThrowIfFailed(model, results);

        var origin = model.OriginOf(inputs.Scope with { IsIncremental = planned.Action == PlanAction.Add });
        var query = new SqlQuery(statement, read)
        {
            Subject = origin.Subject,
            Origin = origin,
            ChecksArithmetic = model.Config.ChecksArithmetic,
            MemoryShare = MemoryShare,
            ComparesChecksums = true,
        };
        var staged = before is not null
            ? await new IncrementalBuild(engine, interval.Id).RunAsync(model, before, query, folder, cancellationToken)
            : await new TableBuild(engine).RunAsync(model, query, folder, cancellationToken);
        results.AddRange(await RunDataTestsAsync(engine, model, staged.Relation, built, cancellationToken));
        ThrowIfFailed(model, results);
        return (staged, results);
    }

    /// <summary>Runs the tests of a model whose table stays as it is.</summary>
    /// <exception cref="TestFailureException">Tests found what must not be.</exception>
    public async Task<IReadOnlyList<TestResult>> CheckAsync(
        PlannedModel planned,
        IReadOnlyDictionary<string, BuiltModel> built,
        CancellationToken cancellationToken
    )
    {
        var model = planned.Model;
        var relations = inputs.Of(model.Refs, model.Sources, built);
        var table = new SqlRelation(TableId.Mart(model.Name), planned.Before!.Schema, planned.Before.Files);
        await using var engine = ports.Engine.Share([.. relations, table], folder: null, MemoryShare);
        var results = new List<TestResult>(await RunUnitTestsAsync(engine, planned, relations, cancellationToken));
        results.AddRange(await RunDataTestsAsync(engine, model, table, built, cancellationToken));
        ThrowIfFailed(model, results);
        return results;
    }

    private async Task<IReadOnlyList<TestResult>> RunUnitTestsAsync(
        ISqlEngine engine,
        PlannedModel planned,
        IReadOnlyList<SqlRelation> relations,
        CancellationToken cancellationToken
    )
    {
        var model = planned.Model;
        if (model.UnitTests.Count == 0)
        {
            return [];
        }

        var schemas = new Dictionary<TableId, TableSchema>();
        foreach (var relation in relations)
        {
            schemas[relation.Table] = relation.Statement is null
                ? relation.Schema
                : await DescribeAsync(engine, relation.Table, relations, cancellationToken);
        }

        if (model.UnitTests.Any(test => test.IsIncremental))
        {
            schemas[TableId.Mart(model.Name)] =
                planned.Before?.Schema ?? await OwnSchemaAsync(engine, model, relations, cancellationToken);
        }

        return await new UnitTestRun(engine, ports.Clock).RunAsync(model, inputs.Scope, schemas, cancellationToken);
    }

    private Task<TableSchema> OwnSchemaAsync(
        ISqlEngine engine,
        ModelDefinition model,
        IReadOnlyList<SqlRelation> relations,
        CancellationToken cancellationToken
    )
    {
        var origin = model.OriginOf(inputs.Scope);
        return engine.DescribeAsync(
            new(model.Render(inputs.Scope), relations) { Subject = origin.Subject, Origin = origin },
            cancellationToken
        );
    }

    private static Task<TableSchema> DescribeAsync(
        ISqlEngine engine,
        TableId table,
        IReadOnlyList<SqlRelation> relations,
        CancellationToken cancellationToken
    ) =>
        engine.DescribeAsync(
            new($"select * from {SqlIdentifier.Quote(table)}", relations) { Subject = $"model {table.Name}" },
            cancellationToken
        );

    private async Task<IReadOnlyList<TestResult>> RunDataTestsAsync(
        ISqlEngine engine,
        ModelDefinition model,
        SqlRelation table,
        IReadOnlyDictionary<string, BuiltModel> built,
        CancellationToken cancellationToken
    )
    {
        var tests = model.Tests.Where(test => !TestPlaces.IsLate(test, inputs.Project)).ToList();
        var others = tests.SelectMany(test => test.Refs).Where(name => name != model.Name).Distinct();
        return await new DataTestRun(engine, ports.Failures, ports.Clock).RunAsync(
            tests,
            inputs.Scope,
            [.. inputs.Of(others, tests.SelectMany(test => test.Sources), built), table],
            MemoryShare,
            cancellationToken
        );
    }

    private static void ThrowIfFailed(ModelDefinition model, List<TestResult> results)
    {
        var failed = results.Count(result => result.Status is TestStatus.Fail or TestStatus.Error);
        if (failed > 0)
        {
            throw new TestFailureException(
                $"The model {model.Name} failed {failed} of its {results.Count} {(results.Count == 1 ? "test" : "tests")}; nothing of it is published.",
                results
            );
        }
    }
}
