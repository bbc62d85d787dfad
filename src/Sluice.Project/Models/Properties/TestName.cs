using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Core;

namespace Sluice.Project.Models.Properties;

/// <summary>Names a generic test as dbt does: <c>accepted_values_dim_user_sex__Female__Male</c>.</summary>
internal static partial class TestName
{
    private const int Longest = 63;
    private const int Kept = 30;

    public static string Of(WrittenTest test)
    {
        if (test.Name is { } own)
        {
            return own;
        }

        var arguments = new SortedDictionary<string, object?>(
            test.Arguments.ToDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        if (test.Column is { } column)
        {
            arguments["column_name"] = column;
        }

        var parts = arguments
            .Values.SelectMany(value =>
                value switch
                {
                    IReadOnlyDictionary<string, object?> map => map.Values,
                    IEnumerable<object?> list => list,
                    _ => [value],
                }
            )
            .Select(part => Strange().Replace(Convert.ToString(part, CultureInfo.InvariantCulture) ?? "None", "_"));
        var place = test.Of.IsMart ? test.Of.Name : $"{test.Of.Schema}_{test.Of.Name}";
        var kind = test.Of.IsMart ? test.Kind : $"source_{test.Kind}";
        var identifier = $"{kind}_{place}";
        var given = string.Join("__", parts);
        var name = $"{identifier}_{given}";
        return name.Length <= Longest
            ? name.TrimEnd('_')
            : $"{identifier[..Math.Min(Kept, identifier.Length)]}_{DbtDigest.Of(name)}";
    }

    [GeneratedRegex("[^0-9a-zA-Z_]+", RegexOptions.None, 1000)]
    private static partial Regex Strange();
}
