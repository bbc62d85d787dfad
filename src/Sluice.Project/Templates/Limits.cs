namespace Sluice.Project.Templates;

/// <summary>What a template may use: enough for any model, too little to hang or fill a machine by mistake.</summary>
internal static class Limits
{
    /// <summary>The longest text that a template may make.</summary>
    public const int Characters = 16 * 1024 * 1024;

    /// <summary>The longest list.</summary>
    public const int Items = 100_000;

    /// <summary>How many expressions one rendering may evaluate.</summary>
    public const int Steps = 5_000_000;

    /// <summary>How many macros may be within each other.</summary>
    public const int Depth = 100;

    public static T Check<T>(T items)
        where T : IReadOnlyCollection<object?> => items.Count <= Items ? items : throw TooLong();

    public static void CheckText(long length)
    {
        if (length > Characters)
        {
            throw new TemplateException(
                FormattableString.Invariant($"the template makes a text of more than {Characters} characters.")
            );
        }
    }

    public static TemplateException TooLong() =>
        new(
            FormattableString.Invariant($"the template makes a list of more than {Items} items."),
            "Let SQL make the rows: generate_series or range in a FROM."
        );
}
