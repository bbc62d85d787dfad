using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Testing;

/// <summary>Runs a unit test: the model's statement over the rows that the test gives.</summary>
/// <param name="engine">Runs the statement.</param>
/// <param name="clock">Measures it.</param>
internal sealed class UnitTestRun(ISqlEngine engine, TimeProvider clock)
{
    private const int Shown = 10;
    private const string Difference = "difference";
    private static readonly TableId Actual = TableId.Raw("sluice_unit_test", "actual");
    private static readonly TableId Expected = TableId.Raw("sluice_unit_test", "expected");

    /// <summary>Runs the tests of a model one after another.</summary>
    /// <param name="model">The model.</param>
    /// <param name="scope">What its template can ask for.</param>
    /// <param name="schemas">The columns of what the model reads, and of its own table where a test asks for that.</param>
    /// <param name="cancellationToken">Stops them.</param>
    public async Task<IReadOnlyList<TestResult>> RunAsync(
        ModelDefinition model,
        ModelScope scope,
        IReadOnlyDictionary<TableId, TableSchema> schemas,
        CancellationToken cancellationToken
    )
    {
        await using var session = await engine.OpenAsync(
            [],
            checksArithmetic: model.Config.ChecksArithmetic,
            cancellationToken: cancellationToken
        );
        var results = new List<TestResult>();
        foreach (var test in model.UnitTests)
        {
            results.Add(await RunAsync(test, model, scope, schemas, session, cancellationToken));
        }

        return results;
    }

    private async Task<TestResult> RunAsync(
        UnitTest test,
        ModelDefinition model,
        ModelScope scope,
        IReadOnlyDictionary<TableId, TableSchema> schemas,
        ISqlSession session,
        CancellationToken cancellationToken
    )
    {
        var (startedAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var result = new TestResult(test.Name, test.File, test.Line, TestStatus.Pass, 0) { StartedAt = startedAt };
        try
        {
            var own = ScopeOf(test, scope);
            var statement = model.Render(own);
            var subject = $"unit test {test.Name} ({test.File}, line {test.Line})";
            foreach (var (table, schema) in schemas)
            {
                var given = test.Given.FirstOrDefault(input => input.Table == table)?.Rows ?? new UnitRows();
                await session.AddAsync(RelationOf(table, schema, given, subject), subject, cancellationToken);
            }

            await session.AddAsync(SqlRelation.Of(Actual, statement, model.OriginOf(own)), subject, cancellationToken);
            var actual = await session.DescribeAsync(
                $"select * from {SqlIdentifier.Quote(Actual)}",
                subject,
                cancellationToken
            );
            await session.AddAsync(RelationOf(Expected, actual, test.Expect, subject), subject, cancellationToken);
            var columns = ComparedColumns(test.Expect, actual);
            var (names, rows) = await FoundRows.ReadAsync(
                session,
                DifferenceOf(columns),
                subject,
                Shown,
                cancellationToken
            );
            result = result with
            {
                Statement = statement,
                Failures = rows.Count,
                Status = rows.Count == 0 ? TestStatus.Pass : TestStatus.Fail,
                Columns = rows.Count == 0 ? [] : names,
                Rows = rows,
            };
        }
        catch (PipelineException failure)
        {
            result = result with { Status = TestStatus.Error, Message = failure.Message };
        }

        return result with
        {
            Elapsed = clock.GetElapsedTime(began),
        };
    }

    private static ModelScope ScopeOf(UnitTest test, ModelScope scope) =>
        scope with
        {
            IsIncremental = test.IsIncremental,
            Variables = scope
                .Variables.Where(pair => !test.Variables.ContainsKey(pair.Key))
                .Concat(test.Variables)
                .ToDictionary(StringComparer.Ordinal),
            Environment = test.Environment,
        };

    private static SqlRelation RelationOf(TableId table, TableSchema schema, UnitRows rows, string subject)
    {
        if (rows.Sql is { } sql)
        {
            return SqlRelation.Of(table, sql);
        }

        if (rows.Columns.FirstOrDefault(column => schema.Find(column) is null) is { } strange)
        {
            throw new PipelineException(
                $"{subject}: {(table == Expected ? "the model" : table.ToString())} has no column '{strange}'. "
                    + Nearest.Suggest(strange, schema.Columns.Select(column => column.Name))
            );
        }

        // As the table spells its columns: the test may use other capitals.
        var named = rows.Rows.Select(row =>
            (IReadOnlyDictionary<string, object?>)
                row.ToDictionary(pair => schema.Find(pair.Key)!.Name, pair => pair.Value, StringComparer.Ordinal)
        );
        return new(table, schema, []) { Rows = [.. named] };
    }

    private static IReadOnlyList<string> ComparedColumns(UnitRows expect, TableSchema actual) =>
        expect.Columns.Count == 0
            ? [.. actual.Columns.Select(column => column.Name)]
            : [.. expect.Columns.Select(column => actual.Find(column)!.Name)];

    private static string DifferenceOf(IReadOnlyList<string> columns)
    {
        var names = string.Join(", ", columns.Select(SqlIdentifier.Quote));
        // The statement is planned and run once, whatever it costs.
        return $"""
            with actual as materialized (select {names} from {SqlIdentifier.Quote(Actual)}),
            expected as materialized (select {names} from {SqlIdentifier.Quote(Expected)})
            select 'expected, not given' as {Difference}, * from (select * from expected except all select * from actual)
            union all
            select 'given, not expected' as {Difference}, * from (select * from actual except all select * from expected)
            """;
    }
}
