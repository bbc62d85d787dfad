namespace Sluice.Cli.Demo;

/// <summary>The JSON of <c>events.properties</c>.</summary>
internal static class EventProperties
{
    /// <summary>Of a <c>sign_out</c> event: nothing to say.</summary>
    public const string SignOut = "{}";

    private const int TitlesPerThousand = 20;

    // Already escaped as JSON. They are here to hurt: quotes of both kinds, a backslash, a line
    // break, letters outside ASCII, beyond 16 bits and from right to left; whatever a later stage
    // gets wrong, one of these shows it.
    private static readonly string[] Titles =
    [
        """Café \"Zoé\" – 50 % off""",
        """Größe „XL“: 3 für 2""",
        """L'été, c'est ici; 100% coton""",
        """東京 🗼 限定""",
        """C:\\sale\\2015\n{\"a\": [1, 2]}""",
        """שלום, קיץ""",
    ];

    /// <summary>
    /// Of a <c>page</c> event: where from, where to, and the price of what is in the cart.
    /// </summary>
    /// <param name="page">The page, such as <c>step3</c>.</param>
    /// <param name="referrer">The channel, <c>direct</c>, or the path of the page before.</param>
    /// <param name="product">What is in the cart.</param>
    /// <param name="random">Decides about a title, which few events have.</param>
    public static string OfPage(string page, string referrer, Product product, SplitMix64 random)
    {
        if (!random.NextChance(TitlesPerThousand))
        {
            return $$"""{"path":"/{{page}}","referrer":"{{referrer}}","price":{{product.Price}}}""";
        }

        var title = Titles[random.NextBelow(Titles.Length)];
        return $$"""
            {"path":"/{{page}}","referrer":"{{referrer}}","price":{{product.Price}},"title":"{{title}}"}
            """;
    }

    /// <summary>Of a <c>sign_in</c> event: how.</summary>
    public static string OfSignIn(SplitMix64 random) =>
        random.NextBelow(3) switch
        {
            0 => """{"method":"link"}""",
            _ => """{"method":"password"}""",
        };
}
