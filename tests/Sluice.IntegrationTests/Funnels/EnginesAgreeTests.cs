using CsCheck;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Indexed;
using Sluice.Core.Funnels.Questions;
using Sluice.DuckDb;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>
/// Random funnels over random events: what an engine reads in one order, the reference evaluator gets in another. A case is one
/// unit with events under one funnel: at least 125,000 a run here, told by the first argument of each test, and at least 80,000
/// of the evaluators alone in UnitEvaluatorTests.
/// </summary>
public sealed class EnginesAgreeTests
{
    private static readonly TimeZoneInfo[] Zones =
    [
        TimeZoneInfo.Utc,
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
    ];

    private static readonly FunnelQuestion Sql = new(new DuckDbEngine(new DuckDbOptions()));

    private int _cases;

    /// <summary>Asks one engine; null where it cannot answer.</summary>
    private delegate Task<FunnelAnswer?> Engine(
        int seed,
        FunnelDefinition funnel,
        FunnelSource source,
        RandomEvents events
    );

    [Fact]
    public Task Sql_counts_what_the_reference_evaluator_counts_in_memory() =>
        AssertAgreeAsync(cases: 25_000, funnels: 6, async (_, funnel, source, _) => await Sql.AskAsync(funnel, source));

    [Fact]
    public async Task The_index_counts_what_the_reference_evaluator_counts_in_memory()
    {
        var evaluators = new Dictionary<string, int>(StringComparer.Ordinal);
        await AssertAgreeAsync(cases: 100_000, funnels: 20, AskIndexAsync);

        Assert.All(
            ["vector lanes", "exact evaluator"],
            evaluator => Assert.True(evaluators[evaluator] > 20, evaluator)
        );

        async Task<FunnelAnswer?> AskIndexAsync(
            int seed,
            FunnelDefinition funnel,
            FunnelSource source,
            RandomEvents events
        )
        {
            // What the index cannot answer has its turn with SQL; an open funnel counts events without times too.
            source = source with
            {
                Index = "random",
            };
            var plan = FunnelPlan.Of(funnel, source);
            if (!plan.AsksTimes || IndexFit.OfFunnel(plan).Any())
            {
                return null;
            }

            var layers = 1 + (int)((uint)seed % 3);
            var question = new FunnelQuestion(new DuckDbEngine(new DuckDbOptions()), new IndexOfEvents(events, layers));
            var answer = await question.AskAsync(funnel, source, new() { Engine = FunnelEngine.Index });
            evaluators[answer.Path.Evaluator] = evaluators.GetValueOrDefault(answer.Path.Evaluator) + 1;
            return answer;
        }
    }

    // Sets of events until there were as many cases as are wanted.
    private async Task AssertAgreeAsync(int cases, int funnels, Engine ask)
    {
        while (_cases < cases)
        {
            await Gen.Int.SampleAsync(seed => AssertOneSetAgreesAsync(seed, funnels, ask), iter: 10, threads: 1);
        }
    }

    private async Task AssertOneSetAgreesAsync(int seed, int funnels, Engine ask)
    {
        var random = new Random(seed);
        var events = new RandomEvents(seed);
        using var tables = new EventTables(events, Zones[random.Next(Zones.Length)]);
        for (var i = 0; i < funnels; i++)
        {
            var funnel = RandomFunnel.Of(random);
            if (funnel.Unit is not null)
            {
                funnel = funnel with { By = [.. funnel.By.Where(by => by.Property is not ("sex" or "joined"))] };
            }

            if (await ask(seed, funnel, tables.Source, events) is not { } answer)
            {
                continue;
            }

            var expected = AnswerText.Of(InMemoryAnswer.Of(funnel, events, tables.Source, out var units));
            Assert.True(
                expected == AnswerText.Of(answer),
                $"events of seed {seed}, funnel {i}: {funnel}\nexpected\n{expected}\nfound\n{AnswerText.Of(answer)}\n{answer.Path}"
            );
            _cases += units;
        }
    }
}
