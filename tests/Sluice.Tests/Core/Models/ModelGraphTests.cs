using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Models;

public sealed class ModelGraphTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("b a c", "a b c")]
    [InlineData("a<b b<c c", "c b a")]
    [InlineData("a<z b z", "b z a")]
    [InlineData("d<b,c c<a b<a a", "a b c d")]
    [InlineData("B a", "B a")]
    public void Each_model_comes_after_those_it_reads_and_else_by_name(string models, string expected) =>
        Assert.Equal(expected, string.Join(' ', Graph(models).Ordered.Select(model => model.Name)));

    [Fact]
    public void The_order_of_the_files_does_not_matter()
    {
        string[] models = ["a<z", "b", "c<a,b", "z", "y<c"];
        foreach (var start in Enumerable.Range(0, models.Length))
        {
            var turned = string.Join(' ', models.Skip(start).Concat(models.Take(start)));

            Assert.Equal(["b", "z", "a", "c", "y"], Graph(turned).Ordered.Select(model => model.Name));
        }
    }

    [Theory]
    [InlineData("a<a", "a → a", "a.sql")]
    [InlineData("a<b b<a", "a → b → a", "a.sql")]
    [InlineData("a<b b<c c<b d", "b → c → b", "b.sql")]
    [InlineData("a<x x<y y<z z<x", "x → y → z → x", "x.sql")]
    public void A_circle_is_named_without_what_only_leads_to_it(string models, string circle, string file)
    {
        var problem = Assert.Single(Assert.Throws<DefinitionException>(() => Graph(models)).Diagnostics);

        Assert.Equal((file, $"Models read each other in a circle: {circle}."), (problem.File, problem.Message));
    }

    [Fact]
    public void Everything_unknown_is_reported_at_once_with_a_suggestion()
    {
        var wrong = Assert.Throws<DefinitionException>(() =>
            Graph("dim_user<dim_usr,app.user b<import.any,warehouse.invoices")
        );

        Assert.Equal(
            [
                "dim_user.sql: ref('dim_usr') names no model.\n    Did you mean 'dim_user'?",
                "dim_user.sql: source('app', 'user') names no table of sluice.yaml.\n    Did you mean 'app.users'?",
                "b.sql: source('warehouse', 'invoices') names no table of sluice.yaml.\n    There are: app.events, app.users.",
            ],
            wrong.Diagnostics.Select(problem => problem.ToString())
        );
    }

    [Fact]
    public void A_model_is_found_by_its_exact_name()
    {
        var graph = Graph("dim_user step1_fact");

        Assert.Equal("dim_user", graph.Get("dim_user").Name);
        Assert.Equal("Did you mean 'dim_user'?", Assert.Throws<DefinitionException>(() => graph.Get("DIM_USER")).Hint);
    }

    // "a<b,app.users": the model a reads the model b and the raw table users of the source app.
    private static ModelGraph Graph(string models) =>
        ModelGraph.Create(
            [.. models.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Model)],
            [TableId.Raw("app", "users"), TableId.Raw("app", "events")],
            ["import"]
        );

    private static ModelDefinition Model(string text)
    {
        var name = text.Split('<')[0];
        var reads = text.Split('<').Skip(1).SelectMany(list => list.Split(',')).ToLookup(read => read.Contains('.'));
        return new()
        {
            Name = name,
            File = $"{name}.sql",
            Refs = [.. reads[false]],
            Sources = [.. reads[true].Select(read => TableId.Raw(read.Split('.')[0], read.Split('.')[1]))],
            Render = _ => "select 1",
        };
    }
}
