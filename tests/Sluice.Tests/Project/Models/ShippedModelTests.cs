using Sluice.Core.Models;
using Sluice.Core.Projects;
using Sluice.Core.Time;
using Sluice.Project;

namespace Sluice.Tests.Project.Models;

/// <summary>The models of samples/ecommerce: their statements for both engines, and what must be said of them.</summary>
public sealed class ShippedModelTests
{
    private static readonly DataInterval Day = DataInterval.OfDay(new(2015, 5, 1), TimeZoneInfo.Utc);

    private static ProjectDefinition Shop { get; } =
        ProjectLoader.Load(Path.Combine(Repository.Root, "samples", "ecommerce")).Definition;

    public static TheoryData<string> Names => [.. Shop.Models.Ordered.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_statements_for_both_engines(string name)
    {
        var model = Shop.Models.Get(name);
        foreach (var engine in new[] { "duckdb", "spark" })
        {
            var scope = new ModelScope(Day, engine);
            Golden.Match($"models/{name}.{engine}.sql", Text(model, scope));
            if (model.Config.Materialized == Materialization.Incremental)
            {
                Golden.Match(
                    $"models/{name}.incremental.{engine}.sql",
                    Text(model, scope with { IsIncremental = true })
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_is_described_and_tested(string name)
    {
        var model = Shop.Models.Get(name);

        Assert.NotEmpty(model.Properties.Description);
        Assert.NotEmpty(model.UnitTests);
        Assert.All(model.Properties.Columns, column => Assert.NotEmpty(column.Description));
        Assert.Contains(model.Tests, test => test.Name.StartsWith("unique_", StringComparison.Ordinal));
    }

    private static string Text(ModelDefinition model, ModelScope scope) => model.Render(scope).Trim() + "\n";
}
