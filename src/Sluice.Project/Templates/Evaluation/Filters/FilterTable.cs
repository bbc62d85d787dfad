using Sluice.Core;
using Sluice.Project.Templates.Values;

namespace Sluice.Project.Templates.Evaluation.Filters;

/// <summary>What can follow <c>|</c>.</summary>
internal static class FilterTable
{
    private static readonly Dictionary<string, Func<object?, Arguments, object?>> Known = TextFilters
        .All.Concat(ListFilters.All)
        .Concat(ValueFilters.All)
        .ToDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Applies a filter to a value.</summary>
    /// <exception cref="TemplateException">There is none of that name, or it cannot be applied.</exception>
    public static object? Apply(string name, object? value, Arguments arguments)
    {
        if (!Known.TryGetValue(name, out var filter))
        {
            throw new TemplateException($"the filter '{name}' is not known.", Nearest.Suggest(name, Names));
        }

        return value is Undefined undefined && name is not ("default" or "d")
            ? throw undefined.ToException()
            : filter(value, arguments);
    }
}
