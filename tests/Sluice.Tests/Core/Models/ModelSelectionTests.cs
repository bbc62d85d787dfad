using Sluice.Core;
using Sluice.Core.Models;
using Sluice.Core.Models.Selection;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Models;

/// <summary>raw.orders → stg_orders → orders → report, raw.people → stg_people → orders, and the seed regions → report.</summary>
public sealed class ModelSelectionTests
{
    private static readonly TableId Orders = TableId.Raw("shop", "orders");
    private static readonly TableId People = TableId.Raw("crm", "people");

    private static readonly ModelGraph Graph = ModelGraph.Create(
        [
            Model("stg_orders", "models/staging/stg_orders.sql", [], [Orders]) with
            {
                Config = new() { Tags = ["nightly"], Materialized = Materialization.View },
            },
            Model("stg_people", "models/staging/stg_people.sql", [], [People]),
            Model("regions", "seeds/regions.csv", [], []) with
            {
                Seed = new("/seeds/regions.csv", "", new Dictionary<string, string>()),
            },
            Model("orders", "models/orders.sql", ["stg_orders", "stg_people"], []),
            Model("report", "models/report.sql", ["orders", "regions"], []) with
            {
                Config = new() { Tags = ["nightly", "finance"] },
            },
        ],
        [Orders, People],
        []
    );

    [Theory]
    [InlineData("", "orders regions report stg_orders stg_people")]
    [InlineData("orders", "orders")]
    [InlineData("stg_*", "stg_orders stg_people")]
    [InlineData("stg_orde?s", "stg_orders")]
    [InlineData("+orders", "orders stg_orders stg_people")]
    [InlineData("orders+", "orders report")]
    [InlineData("1+report", "orders regions report")]
    [InlineData("stg_people+1", "orders stg_people")]
    [InlineData("+orders+", "orders report stg_orders stg_people")]
    [InlineData("@stg_people", "orders regions report stg_orders stg_people")]
    [InlineData("orders regions", "orders regions")]
    [InlineData("+orders,stg_*", "stg_orders stg_people")]
    [InlineData("tag:nightly", "report stg_orders")]
    [InlineData("tag:nightly,tag:finance", "report")]
    [InlineData("source:shop.orders+", "orders report stg_orders")]
    [InlineData("source:crm", "stg_people")]
    [InlineData("path:models/staging", "stg_orders stg_people")]
    [InlineData("models/staging", "stg_orders stg_people")]
    [InlineData("models/staging/*", "stg_orders stg_people")]
    [InlineData("file:report.sql", "report")]
    [InlineData("resource_type:seed", "regions")]
    [InlineData("config.materialized:view", "stg_orders")]
    [InlineData("state:new", "report")]
    [InlineData("state:modified+", "orders report")]
    [InlineData("state:modified.body", "orders report")]
    [InlineData("state:unmodified,resource_type:model", "stg_orders stg_people")]
    public void A_criterion_means_what_it_means_in_dbt(string select, string expected) =>
        Assert.Equal(expected, Run(select, ""));

    [Theory]
    [InlineData("", "stg_*", "orders regions report")]
    [InlineData("+report", "+orders", "regions report")]
    [InlineData("tag:nightly", "report", "stg_orders")]
    public void What_is_excluded_is_taken_away(string select, string exclude, string expected) =>
        Assert.Equal(expected, Run(select, exclude));

    [Theory]
    [InlineData("order", "There is no model 'order'.", "orders")]
    [InlineData("tag:nigthly", "'tag:nigthly' selects no model.", "nightly")]
    [InlineData("source:shop.order", "'source:shop.order' selects no model.", "shop.orders")]
    [InlineData("tags:nightly", "models are not selected by 'tags'", "tag")]
    [InlineData("state:changed", "there is no state 'changed'", "")]
    [InlineData("a:b:c", "'a:b:c' is no selection.", "tag:nightly")]
    public void What_is_not_understood_or_means_nothing_is_an_error(string select, string message, string hint)
    {
        var failure = Assert.Throws<DefinitionException>(() => Run(select, ""));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_selection_that_leaves_nothing_is_an_error() =>
        Assert.Contains(
            "leaves no model",
            Assert.Throws<DefinitionException>(() => Run("orders", "stg_orders+")).Message,
            StringComparison.Ordinal
        );

    private static string Run(string select, string exclude) =>
        string.Join(' ', new ModelSelection(Graph, ChangeOf).Run([select], [exclude]).Order(StringComparer.Ordinal));

    private static ModelChange ChangeOf(ModelDefinition model) =>
        model.Name switch
        {
            "report" => ModelChange.New,
            "orders" => ModelChange.Modified,
            _ => ModelChange.None,
        };

    private static ModelDefinition Model(string name, string file, string[] refs, TableId[] sources) =>
        new()
        {
            Name = name,
            File = file,
            Refs = refs,
            Sources = sources,
            Render = _ => "select 1",
        };
}
