using Sluice.Core.Sql;

namespace Sluice.Core.Models.Testing;

/// <summary>Runs data tests.</summary>
/// <param name="engine">Runs their statements.</param>
/// <param name="failures">Keeps what they find; null keeps nothing.</param>
/// <param name="clock">Measures them.</param>
internal sealed class DataTestRun(ISqlEngine engine, ITestFailureStore? failures, TimeProvider clock)
{
    private const int Shown = 10;

    /// <summary>Runs tests one after another.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="scope">What their templates can ask for.</param>
    /// <param name="relations">All that any of them reads.</param>
    /// <param name="memoryShare">The part of the engine's memory that they may use.</param>
    /// <param name="cancellationToken">Stops them.</param>
    /// <exception cref="PipelineException">A file that one of them reads is damaged.</exception>
    public async Task<IReadOnlyList<TestResult>> RunAsync(
        IReadOnlyCollection<DataTest> tests,
        ModelScope scope,
        IReadOnlyList<SqlRelation> relations,
        double memoryShare,
        CancellationToken cancellationToken
    )
    {
        if (tests.Count == 0)
        {
            return [];
        }

        await using var session = await engine.OpenAsync(relations, memoryShare, cancellationToken: cancellationToken);
        var results = new List<TestResult>();
        foreach (var test in tests)
        {
            results.Add(await RunAsync(test, scope, session, relations, cancellationToken));
        }

        return results;
    }

    private async Task<TestResult> RunAsync(
        DataTest test,
        ModelScope scope,
        ISqlSession session,
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
                session,
                $"select {test.FailureCount} from ({rows})",
                subject,
                cancellationToken
            );
            result = result with { Failures = count, Status = StatusOf(test, count) };
            if (result.Status != TestStatus.Pass && count > 0)
            {
                result = await LookAsync(
                    result,
                    session,
                    new(rows, relations) { Subject = subject },
                    cancellationToken
                );
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

    private static async Task<long> CountAsync(
        ISqlSession session,
        string statement,
        string subject,
        CancellationToken cancellationToken
    )
    {
        await using var result = await session.QueryAsync(statement, subject, cancellationToken);
        return await result.ReadAsync(cancellationToken) && !result.Rows.IsDBNull(0)
            ? Convert.ToInt64(result.Rows.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }

    private async Task<TestResult> LookAsync(
        TestResult result,
        ISqlSession session,
        SqlQuery query,
        CancellationToken cancellationToken
    )
    {
        var (columns, rows) = await FoundRows.ReadAsync(session, query.Text, query.Subject, Shown, cancellationToken);
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
