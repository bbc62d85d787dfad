using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Answers;
using Sluice.Core.Funnels.Indexed;
using Sluice.Core.Funnels.Questions;
using Sluice.DuckDb;

namespace Sluice.IntegrationTests.Funnels;

public sealed class EnginesAgreeTests
{
    private static readonly RandomEvents Events = new(seed: 20261124, units: 400);

    // 400 units a funnel: with both zones 80,000 cases of SQL, and 400,000 of the index.
    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Berlin")]
    public async Task Sql_counts_what_the_reference_evaluator_counts_in_memory(string zone)
    {
        using var tables = new EventTables(Events, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var question = new FunnelQuestion(new DuckDbEngine(new DuckDbOptions()));
        await AssertAgreeAsync(
            tables.Source,
            funnels: 100,
            async (funnel, source) => await question.AskAsync(funnel, source)
        );
    }

    [Theory]
    [InlineData("UTC", 1)]
    [InlineData("Europe/Berlin", 3)]
    public async Task The_index_counts_what_the_reference_evaluator_counts_in_memory(string zone, int layers)
    {
        using var tables = new EventTables(Events, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var question = new FunnelQuestion(new DuckDbEngine(new DuckDbOptions()), new IndexOfEvents(Events, layers));
        var evaluators = new Dictionary<string, int>(StringComparer.Ordinal);
        await AssertAgreeAsync(
            tables.Source with
            {
                Index = "random",
            },
            funnels: 1_500,
            async (funnel, source) =>
            {
                // What the index cannot answer has its turn with SQL; an open funnel counts events without times too.
                var plan = FunnelPlan.Of(funnel, source);
                if (!plan.AsksTimes || IndexFit.OfFunnel(plan).Any())
                {
                    return null;
                }

                var answer = await question.AskAsync(funnel, source, new() { Engine = FunnelEngine.Index });
                evaluators[answer.Path.Evaluator] = evaluators.GetValueOrDefault(answer.Path.Evaluator) + 1;
                return answer;
            }
        );

        Assert.All(
            ["vector lanes", "exact evaluator"],
            evaluator => Assert.True(evaluators[evaluator] > 20, evaluator)
        );
    }

    private static async Task AssertAgreeAsync(
        FunnelSource source,
        int funnels,
        Func<FunnelDefinition, FunnelSource, Task<FunnelAnswer?>> ask
    )
    {
        var random = new Random(4);
        for (var i = 0; i < funnels; i++)
        {
            var funnel = RandomFunnel.Of(random);
            if (funnel.Unit is not null)
            {
                funnel = funnel with { By = [.. funnel.By.Where(by => by.Property is not ("sex" or "joined"))] };
            }

            if (await ask(funnel, source) is not { } answer)
            {
                continue;
            }

            var expected = AnswerText.Of(InMemoryAnswer.Of(funnel, Events, source));
            Assert.True(
                expected == AnswerText.Of(answer),
                $"funnel {i}: {funnel}\nexpected\n{expected}\nfound\n{AnswerText.Of(answer)}\n{answer.Path}"
            );
        }
    }
}
