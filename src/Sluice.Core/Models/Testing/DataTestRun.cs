using Sluice.Core.Sql;

namespace Sluice.Core.Models.Testing;

/// <summary>Runs data tests.</summary>
/// <param name="engine">Runs their statements.</param>
/// <param name="failures">Keeps what they find; null keeps nothing.</param>
/// <param name="clock">Measures them.</param>
internal sealed class DataTestRun(ISqlEngine engine, ITestFailureStore? failures, TimeProvider clock)
{
    private const int Shown = 10;

    /// <summary>Runs one test.</summary>
    /// <param name="test">The test.</param>
    /// <param name="scope">What its template can ask for.</param>
    /// <param name="relations">What it reads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<TestResult> RunAsync(
        DataTest test,
        ModelScope scope,
        IReadOnlyList<SqlRelation> relations,
        CancellationToken cancellationToken
    )
    {
        var (startedAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var statement = test.Render(scope);
        var result = new TestResult(test.Name, test.File, test.Line, TestStatus.Pass, 0)
        {
            StartedAt = startedAt,
            Statement = statement,
        };
        try
        {
            failures?.Clear(test.Name);
            var rows = $"select * from (\n{statement}\n){(test.Limit is { } limit ? $" limit {limit}" : "")}";
            var subject = $"test {test.Name} ({test.File}, line {test.Line})";
            var count = await CountAsync(
                new($"select {test.FailureCount} from ({rows})", relations) { Subject = subject },
                cancellationToken
            );
            result = result with { Failures = count, Status = StatusOf(test, count) };
            if (result.Status != TestStatus.Pass && count > 0)
            {
                result = await LookAsync(result, new(rows, relations) { Subject = subject }, cancellationToken);
            }
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

    private static TestStatus StatusOf(DataTest test, long failures) =>
        test.Severity == TestSeverity.Error && test.ErrorIf.IsMetBy(failures) ? TestStatus.Fail
        : test.WarnIf.IsMetBy(failures) ? TestStatus.Warn
        : TestStatus.Pass;

    private async Task<long> CountAsync(SqlQuery query, CancellationToken cancellationToken)
    {
        await using var result = await engine.QueryAsync(query, cancellationToken);
        return await result.ReadAsync(cancellationToken) && !result.Rows.IsDBNull(0)
            ? Convert.ToInt64(result.Rows.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    private async Task<TestResult> LookAsync(TestResult result, SqlQuery query, CancellationToken cancellationToken)
    {
        var (columns, rows) = await FoundRows.ReadAsync(engine, query, Shown, cancellationToken);
        string? kept = null;
        if (failures is not null)
        {
            try
            {
                var file = await engine.MaterializeAsync(
                    query,
                    failures.FolderFor(result.Name),
                    "rows",
                    cancellationToken
                );
                kept = file.Files is [var only, ..] ? only.Path : null;
            }
            catch (PipelineException)
            {
                // A column of a type that files cannot hold: the rows that are shown are all there is.
            }
        }

        return result with
        {
            Columns = columns,
            Rows = rows,
            KeptIn = kept,
        };
    }
}
