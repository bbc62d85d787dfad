using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Core.Models.Selection;

/// <summary>One criterion of a selection.</summary>
/// <param name="Text">As written.</param>
/// <param name="Method">What is compared: <c>name</c>, <c>tag</c>, …</param>
/// <param name="Value">What with; may have <c>*</c> and <c>?</c>.</param>
/// <param name="Upstream">How many levels of what it reads are meant as well.</param>
/// <param name="Downstream">How many levels of what reads it are meant as well.</param>
/// <param name="WithAllUpstream">Whether all that those read is meant as well: <c>@</c>.</param>
internal sealed partial record SelectionCriterion(
    string Text,
    string Method,
    string Value,
    int Upstream,
    int Downstream,
    bool WithAllUpstream
)
{
    private static readonly string[] Methods =
    [
        "config.materialized",
        "file",
        "name",
        "path",
        "resource_type",
        "source",
        "state",
        "tag",
    ];

    private static readonly string[] States = ["modified", "new", "old", "unmodified"];

    /// <summary>Reads a criterion.</summary>
    /// <exception cref="DefinitionException">It is not understood.</exception>
    public static SelectionCriterion Parse(string text)
    {
        var match = Notation().Match(text);
        if (!match.Success)
        {
            throw new DefinitionException(
                $"'{text}' is no selection.",
                "Write for example dim_user, +dim_user, dim_user+, 2+dim_user, tag:nightly, path:models/staging, source:app.users+ or state:modified."
            );
        }

        var method = match.Groups["method"].Success ? match.Groups["method"].Value : "name";
        var value = match.Groups["value"].Value;
        if (!Methods.Contains(method, StringComparer.Ordinal))
        {
            throw new DefinitionException(
                $"'{text}': models are not selected by '{method}'.",
                Nearest.Suggest(method, Methods)
            );
        }

        // dbt's finer states are all about the statement here.
        var state = method == "state" ? value.Split('.')[0] : value;
        if (method == "state" && !States.Contains(state, StringComparer.Ordinal))
        {
            throw new DefinitionException($"'{text}': there is no state '{value}'.", Nearest.Suggest(value, States));
        }

        var all = match.Groups["at"].Success;
        return new(
            text,
            method,
            state,
            Depth(match.Groups["up"]),
            all ? int.MaxValue : Depth(match.Groups["down"]),
            all
        );
    }

    private static int Depth(Group plus) =>
        !plus.Success ? 0
        : int.TryParse(plus.Value.Trim('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth
        : int.MaxValue;

    [GeneratedRegex(
        @"^(?:(?<at>@)|(?<up>\d*\+))?(?:(?<method>[a-z_.]+):)?(?<value>[^+@:]+?)(?<down>\+\d*)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Notation();
}
