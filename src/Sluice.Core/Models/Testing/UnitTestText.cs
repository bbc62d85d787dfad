using System.Globalization;
using System.Text;

namespace Sluice.Core.Models.Testing;

/// <summary>A unit test as a text that changes when the test does.</summary>
internal static class UnitTestText
{
    public static string Of(UnitTest test)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{test.Name} {test.IsIncremental}\n");
        foreach (var (name, value) in test.Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"var {name} {value}\n");
        }

        foreach (var (name, value) in test.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"env {name} {value}\n");
        }

        foreach (var input in test.Given)
        {
            Append(text.Append(CultureInfo.InvariantCulture, $"given {input.Table}\n"), input.Rows);
        }

        Append(text.Append("expect\n"), test.Expect);
        return text.ToString();
    }

    private static void Append(StringBuilder text, UnitRows rows)
    {
        text.Append(rows.Sql);
        foreach (var row in rows.Rows)
        {
            foreach (var (name, value) in row.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}={value?.GetType().Name}:{value}\u001f");
            }

            text.Append('\n');
        }
    }
}
