namespace Sluice.Cli.Demo;

/// <summary>
/// The six pages of the shop, by number: <c>step1</c> is the home page, <c>step6</c> the
/// confirmation.
/// </summary>
internal static class FunnelStep
{
    /// <summary>The home page, which every user sees.</summary>
    public const int Home = 1;

    /// <summary>The search page.</summary>
    public const int Search = 4;

    /// <summary>The payment page, which only a signed-in user sees.</summary>
    public const int Payment = 5;

    /// <summary>The last step.</summary>
    public const int Last = 6;

    private static readonly string[] Pages = ["step1", "step2", "step3", "step4", "step5", "step6"];

    /// <summary>The step whose users the users of <paramref name="step"/> are drawn from.</summary>
    /// <remarks>
    /// Steps 2, 3 and 4 are drawn from all users and independently of each other, as in the
    /// original data: there are users of step 4 that never saw step 3.
    /// </remarks>
    public static int DrawnFrom(int step) => step > Search ? step - 1 : Home;

    /// <summary>The page of a step: <c>step1</c> to <c>step6</c>.</summary>
    public static string Page(int step) => Pages[step - 1];
}
