namespace Sluice.Project.Templates.Values;

/// <summary>Lists and maps of .NET as those of templates, and back.</summary>
internal static class PlainValue
{
    /// <summary>A value as templates know it; a copy, so that no template changes what another one sees.</summary>
    public static object? ToTemplate(object? value)
    {
        switch (value)
        {
            case null or string or bool or long or double:
                return value;
            case int number:
                return (long)number;
            case IReadOnlyDictionary<string, object?> plain:
                var map = new ValueMap();
                foreach (var (key, item) in plain)
                {
                    map[key] = ToTemplate(item);
                }

                return map;
            case IEnumerable<object?> list:
                return list.Select(ToTemplate).ToList();
            case ITemplateObject or Function or Namespace or ValueMap or FixedList:
                return value;
            default:
                throw new ArgumentException($"A template knows no {value.GetType().Name}.", nameof(value));
        }
    }

    /// <summary>A template's value as one that the rest of the program knows; a tuple becomes a list, an object its text.</summary>
    public static object? FromTemplate(object? value) =>
        value switch
        {
            ValueMap map => map.Items.ToDictionary(
                item => PythonText.Of(item.Key),
                item => FromTemplate(item.Value),
                StringComparer.Ordinal
            ),
            List<object?> list => list.Select(FromTemplate).ToList(),
            FixedList tuple => tuple.Items.Select(FromTemplate).ToList(),
            null or string or bool or long or double => value,
            _ => PythonText.Of(value),
        };
}
