using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads one funnel in the notation of docs/semantics.md; all problems are noted.</summary>
internal sealed class FunnelReader
{
    /// <summary>The model whose events are meant where none is named.</summary>
    public const string DefaultEvents = "fact_page_visit";

    private static readonly string[] Keys =
    [
        "name",
        "description",
        "events",
        "steps",
        "window",
        "order",
        "semantics",
        "modes",
        "exclude",
        "unit",
        "entry",
        "hold",
        "by",
        "attribution",
        "from",
        "to",
        "late_steps",
        "limit",
        "min_sample",
    ];

    private readonly YamlMap _yaml;
    private readonly Problems _problems;
    private readonly UnreadKeys _unread = new();

    private FunnelReader(YamlMap yaml, Problems problems) => (_yaml, _problems) = (yaml, problems);

    /// <summary>The funnel; where something was wrong, a default stands in its place.</summary>
    /// <param name="yaml">What was written.</param>
    /// <param name="name">Its name where the key is absent.</param>
    /// <param name="problems">Told what is wrong.</param>
    public static FunnelDefinition Read(YamlMap yaml, string name, Problems problems) =>
        new FunnelReader(yaml, problems).Read(name);

    private FunnelDefinition Read(string name)
    {
        _yaml.Allow(Keys);
        var usual = new FunnelDefinition { Name = name, Steps = [] };
        var (table, stepTables) = Part("events", Events);
        var steps = Part("steps", () => StepReader.Steps(_yaml));
        var funnel = new FunnelDefinition
        {
            Name = Text("name") ?? name,
            Description = Text("description"),
            EventTable = table,
            StepTables = stepTables,
            Steps = steps,
            Semantics = Word("semantics", FunnelWords.Semantics, usual.Semantics),
            Modes = Words("modes", FunnelWords.Mode).Aggregate(usual.Modes, (all, mode) => all | mode),
            Order = Word("order", FunnelWords.Order, usual.Order),
            Window = Word("window", FunnelWords.Window, usual.Window),
            Exclude = Part("exclude", () => StepReader.Exclusions(_yaml, steps.Count)),
            Unit = Text("unit"),
            Entry = Word("entry", FunnelWords.Entry, usual.Entry),
            Hold = Words("hold", NameText.Read),
            By = Part("by", By),
            Attribution = Word("attribution", FunnelWords.Attribution, usual.Attribution),
            From = Word("from", FunnelWords.Date, usual.From),
            To = Word("to", FunnelWords.Date, usual.To),
            LateSteps = Word("late_steps", FunnelWords.LateSteps, usual.LateSteps),
            Limit = Word("limit", FunnelWords.Limit, usual.Limit),
            MinSample = Word("min_sample", FunnelWords.MinSample, usual.MinSample),
        };
        foreach (var problem in StepTables.Check(funnel).Concat(_unread.Check(funnel)))
        {
            _yaml.Report(problem.Key, problem.Message, problem.Hint);
        }

        return funnel;
    }

    private (string? Table, IReadOnlyDictionary<string, string> StepTables) Events()
    {
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (_yaml.Items("events").ToList())
        {
            case [] or [{ Text: "" }]:
                return (DefaultEvents, tables);
            case [{ Text: { } table }]:
                return (table, tables);
            case [{ Map: { } map }]:
                foreach (var (step, _) in map.Keys)
                {
                    tables[step] = map.RequiredText(step) ?? "";
                }

                return tables.Count > 0 ? (null, tables) : (DefaultEvents, tables);
            default:
                _yaml.Report(
                    "events",
                    "'events' is one table, or a table for each event.",
                    "Write for example: events: {step4: step4_fact, step5: step5_fact}"
                );
                return (DefaultEvents, tables);
        }
    }

    private List<Breakdown> By()
    {
        var breakdowns = new List<Breakdown>();
        foreach (var item in _yaml.Items("by"))
        {
            try
            {
                breakdowns.AddRange(
                    item.Map is { } map
                        ? map.Keys.Select(key => BreakdownText.Of(key.Key, map.Text(key.Key) ?? ""))
                        : [BreakdownText.Parse(item.Text ?? "")]
                );
            }
            catch (DefinitionException wrong)
            {
                _yaml.ReportAt(item, wrong.Problem, wrong.Hint);
            }
        }

        return breakdowns;
    }

    private string? Text(string key) => Part(key, () => _yaml.Text(key));

    private T Word<T>(string key, Func<string, T> read, T fallback) =>
        Part(
            key,
            () =>
            {
                try
                {
                    return _yaml.Text(key) is { } text ? read(text) : fallback;
                }
                catch (DefinitionException wrong)
                {
                    _yaml.Report(key, wrong.Problem, wrong.Hint);
                    return fallback;
                }
            }
        );

    private IReadOnlyList<T> Words<T>(string key, Func<string, T> read) =>
        Part(
            key,
            () =>
            {
                var values = new List<T>();
                foreach (var item in _yaml.Items(key))
                {
                    try
                    {
                        values.Add(
                            read(
                                item.Text is { Length: > 0 } text
                                    ? text
                                    : throw new DefinitionException($"'{key}' takes a name, or a list of names.")
                            )
                        );
                    }
                    catch (DefinitionException wrong)
                    {
                        _yaml.ReportAt(item, wrong.Problem, wrong.Hint);
                    }
                }

                return values;
            }
        );

    // Notes whether a key could be read.
    private T Part<T>(string key, Func<T> read)
    {
        var before = _problems.Count;
        var value = read();
        if (_problems.Count > before)
        {
            _unread.Add(key);
        }

        return value;
    }
}
