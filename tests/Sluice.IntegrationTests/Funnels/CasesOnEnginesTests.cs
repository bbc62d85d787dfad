using Sluice.Core.Funnels.Indexed;
using Sluice.Core.Funnels.Questions;
using Sluice.Tests.Funnels;

namespace Sluice.IntegrationTests.Funnels;

/// <summary>The cases of tests/funnels and the examples of docs/semantics.md on the engines that read files.</summary>
public sealed class CasesOnEnginesTests
{
    private static readonly IReadOnlyList<FunnelCase> Cases =
    [
        .. CaseFile
            .Suite()
            .Concat(CaseFile.Document(Path.Combine(Repository.Root, "docs", "semantics.md")))
            .Where(item => item.Refused is null),
    ];

    [Fact]
    public async Task Sql_says_what_every_case_expects()
    {
        using var tables = new CaseTables();
        var question = new FunnelQuestion(tables.Engine);
        await AssertAllAsync(
            minimum: 250,
            async item =>
            {
                var funnel = item.Definition();
                return CaseAnswer.Differences(
                    item,
                    await question.AskAsync(funnel, tables.Source(item, funnel), item.Options)
                );
            }
        );
    }

    [Fact]
    public async Task The_index_says_what_every_case_expects_that_it_can_answer()
    {
        using var tables = new CaseTables();
        var question = new FunnelQuestion(tables.Engine, tables.Store);
        await AssertAllAsync(
            minimum: 120,
            async item =>
            {
                var funnel = item.Definition();
                var source = tables.Source(item, funnel);
                var plan = FunnelPlan.Of(funnel, source);
                if (IndexFit.OfFunnel(plan).Any() || !plan.AsksTimes)
                {
                    return null;
                }

                return CaseAnswer.Differences(
                    item,
                    await question.AskAsync(
                        funnel,
                        await tables.IndexedAsync(source),
                        item.Options with
                        {
                            Engine = FunnelEngine.Index,
                        }
                    )
                );
            }
        );
    }

    private static async Task AssertAllAsync(int minimum, Func<FunnelCase, Task<IReadOnlyList<string>?>> differences)
    {
        var (asked, wrong) = (0, new List<string>());
        foreach (var item in Cases)
        {
            if (await differences(item) is { } found)
            {
                asked++;
                wrong.AddRange(found.Select(difference => $"{item.Name}: {difference}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(asked >= minimum, $"{asked} cases were asked.");
    }
}
