using Sluice.Core;
using Sluice.Core.Filters;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads which events are meant: a name, a list of names, or keys with <c>event</c> and <c>where</c>.</summary>
/// <param name="what">What they are the events of, for messages: "a step".</param>
/// <param name="example">What could be written.</param>
/// <param name="keys">The keys known beside <c>event</c> and <c>where</c>.</param>
internal sealed class SelectorReader(string what, string example, params string[] keys)
{
    /// <summary>The events; null, with the problem noted, where there are none.</summary>
    /// <param name="owner">The map that the item lies in.</param>
    /// <param name="item">The item.</param>
    public EventSelector? Read(YamlMap owner, YamlItem item)
    {
        if (item.Map is not { } map)
        {
            return Names(owner, item.List ?? [item], $"{what} is empty.") is { } alone ? new(alone) : null;
        }

        map.Allow(["event", "where", .. keys]);
        var where = Where(map);
        var events = map.Items("event").ToList();
        if (events.Count == 0)
        {
            map.Report(null, $"{what} names its event.", example);
            return null;
        }

        return Names(map, events, $"{what} names its event.") is { } names ? new(names, where) : null;
    }

    private List<string>? Names(YamlMap owner, IReadOnlyList<YamlItem> items, string whenEmpty)
    {
        var names = items.Select(item => item.Text ?? "").ToList();
        if (names.Count > 0 && names.TrueForAll(name => name.Length > 0))
        {
            return names;
        }

        var wrong = items.FirstOrDefault(item => string.IsNullOrEmpty(item.Text));
        if (wrong is null or { Text: not null })
        {
            owner.ReportAt(wrong, whenEmpty, example);
        }
        else
        {
            owner.ReportAt(wrong, $"{what} takes names of events here.", example);
        }

        return null;
    }

    private static Filter? Where(YamlMap map)
    {
        if (map.Text("where") is not { } text)
        {
            return null;
        }

        try
        {
            return FilterText.Parse(text);
        }
        catch (DefinitionException wrong)
        {
            map.Report("where", wrong.Problem, wrong.Hint);
            return null;
        }
    }
}
