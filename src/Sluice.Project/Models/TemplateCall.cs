using System.Text.RegularExpressions;

namespace Sluice.Project.Models;

/// <summary>An expression of the form <c>name</c> or <c>name('a', key='b')</c>; all arguments are texts.</summary>
internal sealed partial record TemplateCall(
    string Name,
    bool IsCall,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Named
)
{
    /// <summary>Reads the expression; null where it is of another form.</summary>
    public static TemplateCall? Parse(string expression)
    {
        var call = Call().Match(expression);
        if (!call.Success)
        {
            return null;
        }

        var arguments = new List<string>();
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var argument in call.Groups["argument"].Captures.Select(capture => Argument().Match(capture.Value)))
        {
            var text = argument.Groups["text"].Value;
            if (argument.Groups["key"].Success)
            {
                named[argument.Groups["key"].Value] = text;
            }
            else
            {
                arguments.Add(text);
            }
        }

        return new(call.Groups["name"].Value, call.Groups["call"].Success, arguments, named);
    }

    private const string OneArgument = """(?:[A-Za-z_]\w*\s*=\s*)?(?:'[^']*'|"[^"]*")""";

    [GeneratedRegex(
        $@"^(?<name>[A-Za-z_][\w.]*)(?<call>\s*\(\s*(?:(?<argument>{OneArgument})(?:\s*,\s*(?<argument>{OneArgument}))*)?\s*\))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Call();

    [GeneratedRegex(
        """^(?:(?<key>\w+)\s*=\s*)?['"](?<text>.*)['"]$""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Argument();
}
