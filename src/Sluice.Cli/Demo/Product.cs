namespace Sluice.Cli.Demo;

/// <summary>Something that the shop sells.</summary>
/// <param name="Name">The name in <c>events.product</c>.</param>
/// <param name="Price">The price as JSON writes it, with two decimals.</param>
internal sealed record Product(string Name, string Price)
{
    private static readonly Product Lamp = new("lamp", "19.90");
    private static readonly Product Teapot = new("teapot", "34.50");
    private static readonly Product Backpack = new("backpack", "129.00");

    /// <summary>Draws a product; the cheap one is what half of the carts are about.</summary>
    public static Product Draw(SplitMix64 random) =>
        random.NextBelow(10) switch
        {
            < 5 => Lamp,
            < 8 => Teapot,
            _ => Backpack,
        };
}
