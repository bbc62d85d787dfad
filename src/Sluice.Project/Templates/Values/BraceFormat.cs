using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Project.Templates.Values;

/// <summary><c>'{} {0} {name:>8}'.format(…)</c>.</summary>
internal static partial class BraceFormat
{
    public static string Apply(string format, Arguments arguments)
    {
        var next = 0;
        var text = new StringBuilder();
        var at = 0;
        while (at < format.Length)
        {
            if (format[at] is not ('{' or '}'))
            {
                text.Append(format[at++]);
                continue;
            }

            if (at + 1 < format.Length && format[at + 1] == format[at])
            {
                text.Append(format[at]);
                at += 2;
                continue;
            }

            var place = Place().Match(format, at);
            if (!place.Success)
            {
                throw new TemplateException(
                    $"the format '{format}' has a place that is not known.",
                    "Places are {}, {0}, {name}, with a format after a colon; {{ and }} stand for the signs."
                );
            }

            var key = place.Groups["key"].Value;
            var value =
                key.Length == 0 ? At(next++)
                : int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? At(index)
                : Named(key);
            text.Append(
                place.Groups["spec"] is { Success: true, Length: > 0 } spec
                    ? FieldFormat.Parse(spec.Value).Apply(value)
                    : PythonText.Of(value)
            );
            Limits.CheckText(text.Length);
            at += place.Length;
        }

        return text.ToString();

        object? At(int index) =>
            index < arguments.Positional.Count
                ? arguments.Positional[index]
                : throw new TemplateException(
                    FormattableString.Invariant($"the format '{format}' wants a value {index}.")
                );

        object? Named(string name) =>
            arguments.Named.FirstOrDefault(one => one.Key == name) is { Key: not null } found
                ? found.Value
                : throw new TemplateException($"the format '{format}' wants a value '{name}'.");
    }

    [GeneratedRegex(@"\G\{(?<key>[0-9]+|[\p{L}_]\w*)?(:(?<spec>[^{}]*))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
