using Sluice.Core.Models.Artifacts;
using Sluice.Core.Models.Testing;
using Sluice.Core.Reports;
using Sluice.Core.Tables;

namespace Sluice.Core.Docs;

/// <summary>All tests of a project, and how they ended.</summary>
internal sealed class DocsTests
{
    private readonly ArtifactId _id;
    private readonly RunResults? _lastRun;

    public DocsTests(DocsContent content)
    {
        (_id, _lastRun) = (new(content.Project), content.LastRun);
        var models = content.Project.Models.Ordered;
        All =
        [
            .. models.SelectMany(model => model.Tests).Concat(content.Project.OtherTests).Select(Of),
            .. models.SelectMany(model => model.UnitTests).Select(Of),
        ];
    }

    /// <summary>Every test.</summary>
    public IReadOnlyList<DocsTest> All { get; }

    /// <summary>Those that are written at no table.</summary>
    public IReadOnlyList<DocsTest> OfNothing => [.. All.Where(test => test.Of is null)];

    /// <summary>How many there are of each sort, in few words.</summary>
    public string Summary
    {
        get
        {
            var parts = new[]
            {
                (State: DocsTestState.Failed, Word: "failed"),
                (State: DocsTestState.Warned, Word: "warn"),
                (State: DocsTestState.Passed, Word: "passed"),
            }
                .Select(part => (part.Word, Count: All.Count(test => test.State == part.State)))
                .Where(part => part.Count > 0)
                .Select(part => $"{Figures.Count(part.Count)} {part.Word}")
                .ToList();
            return All.Count == 0 ? "none are written"
                : parts.Count == 0 ? "none in the last run"
                : string.Join(", ", parts);
        }
    }

    /// <summary>The tests of a table.</summary>
    public IReadOnlyList<DocsTest> At(TableId table) => [.. All.Where(test => test.Of == table)];

    /// <summary>How a model ended in the last run; null where it did not run.</summary>
    public RunResult? ResultOf(DocsNode node) => Result(_id.Of(node.Table));

    private DocsTest Of(DataTest test) =>
        new(test.Name, test.Kind, test.Of, test.Column, test.Description, Result(_id.Of(test)));

    private DocsTest Of(UnitTest test) =>
        new(test.Name, "unit test", TableId.Mart(test.Model), null, test.Description, Result(_id.Of(test)));

    private RunResult? Result(string id) => _lastRun?.Results.GetValueOrDefault(id);
}
