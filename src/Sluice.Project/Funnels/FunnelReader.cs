using System.Globalization;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project.Funnels;

/// <summary>Reads one funnel in the notation of docs/semantics.md.</summary>
internal static class FunnelReader
{
    private const string DefaultEvents = "fact_page_visit";

    private static readonly string[] Later = ["exclude", "hold", "attribution", "modes"];
    private static readonly string[] OnlyOrdered = ["window", "late_steps"];
    private static readonly string[] LaterInSteps = ["where", "optional"];

    public static FunnelDefinition Read(YamlMap yaml, string name)
    {
        ReportWhatIsStillToCome(yaml);
        var stepTables = StepTables(yaml);
        var order = Order(yaml);
        var steps = Steps(yaml);
        if (stepTables.Count > 0)
        {
            foreach (
                var missing in steps
                    .SelectMany(step => step.Events)
                    .Where(item => !stepTables.ContainsKey(item) && !item.EndsWith('*'))
            )
            {
                yaml.Report(
                    "steps",
                    $"the event '{missing}' has no table under 'events'.",
                    Nearest.Suggest(missing, stepTables.Keys)
                );
            }
        }

        ReportWhatContradicts(yaml, name, order);
        return new FunnelDefinition
        {
            Name = name,
            Description = yaml.Text("description"),
            EventTable = stepTables.Count > 0 ? null : yaml.Text("events") ?? DefaultEvents,
            StepTables = stepTables,
            Steps = steps,
            Order = order,
            Window = Window(yaml),
            Unit = yaml.Text("unit"),
            By = By(yaml),
            From = Date(yaml, "from"),
            To = Date(yaml, "to"),
            LateSteps = yaml.Flag("late_steps", fallback: true),
            Limit = yaml.Number("limit", fallback: 25, min: 1, max: 100_000),
        };
    }

    private static void ReportWhatIsStillToCome(YamlMap yaml)
    {
        yaml.Allow([
            "name",
            "description",
            "events",
            "steps",
            "window",
            "order",
            "semantics",
            "entry",
            "unit",
            "by",
            "from",
            "to",
            "late_steps",
            "limit",
            .. Later,
        ]);
        foreach (var key in Later.Where(yaml.Has))
        {
            yaml.Report(key, $"'{key}' is not supported by this version.");
        }

        if (yaml.Text("semantics") is { } semantics && semantics != "sluice")
        {
            yaml.Report(
                "semantics",
                $"the semantics '{semantics}' are not supported by this version.",
                "Write sluice, or nothing."
            );
        }

        if (yaml.Text("entry") is { } entry && entry != "latest")
        {
            yaml.Report("entry", $"the entry '{entry}' is not supported by this version.", "Write latest, or nothing.");
        }
    }

    private static void ReportWhatContradicts(YamlMap yaml, string name, FunnelOrder order)
    {
        if (yaml.Text("name") is { } written && written != name)
        {
            yaml.Report(
                "name",
                $"the funnel is called '{name}', like its file.",
                "Rename the file, or leave the name out."
            );
        }

        foreach (var key in OnlyOrdered.Where(key => order == FunnelOrder.Open && yaml.Has(key)))
        {
            yaml.Report(key, $"'{key}' means nothing in an open funnel.", "Remove it, or write order: ordered.");
        }

        if (Date(yaml, "from") is { } from && Date(yaml, "to") is { } to && from >= to)
        {
            yaml.Report("to", "'to' is not after 'from': no attempt could begin.");
        }
    }

    private static Dictionary<string, string> StepTables(YamlMap yaml)
    {
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        if (yaml.Items("events").FirstOrDefault()?.Map is { } map)
        {
            foreach (var (step, _) in map.Keys)
            {
                tables[step] = map.RequiredText(step) ?? "";
            }
        }

        return tables;
    }

    private static FunnelOrder Order(YamlMap yaml)
    {
        switch (yaml.Text("order"))
        {
            case null or "ordered":
                return FunnelOrder.Ordered;
            case "open":
                return FunnelOrder.Open;
            case var other:
                yaml.Report(
                    "order",
                    $"the order '{other}' is not supported by this version.",
                    "Orders are: ordered, open."
                );
                return FunnelOrder.Ordered;
        }
    }

    private static List<FunnelStep> Steps(YamlMap yaml)
    {
        var steps = yaml.Items("steps").Select(item => Step(yaml, item)).OfType<FunnelStep>().ToList();
        if (yaml.Items("steps").Count() < 2)
        {
            yaml.Report(
                yaml.Has("steps") ? "steps" : null,
                "a funnel has two steps or more.",
                "Write for example: steps: [step4, step5]"
            );
        }

        return steps;
    }

    private static FunnelStep? Step(YamlMap yaml, YamlItem item)
    {
        if (item.Text is { Length: > 0 } text)
        {
            return FunnelStep.Of(text);
        }

        if (item.Map is not { } map)
        {
            yaml.Report("steps", "a step is empty.");
            return null;
        }

        map.Allow("event", "name", "where", "optional");
        foreach (var key in LaterInSteps.Where(map.Has))
        {
            map.Report(key, $"'{key}' is not supported by this version.");
        }

        var events = map.Items("event").Select(part => part.Text ?? "").Where(part => part.Length > 0).ToList();
        if (events.Count == 0)
        {
            map.Report(null, "a step names its event.", "Write for example: {event: step5, name: Payment}");
            return null;
        }

        return new FunnelStep(events, map.Text("name") ?? string.Join(" or ", events));
    }

    private static TimeSpan? Window(YamlMap yaml)
    {
        if (yaml.Text("window") is not { } text || text == "none")
        {
            return null;
        }

        var window = DurationText.Parse(text);
        if (window is null)
        {
            yaml.Report(
                "window",
                $"'{text}' is no duration.",
                "Write for example 14d, 36h, 90m, 30s or 1h30m; or none."
            );
        }

        return window;
    }

    private static List<Breakdown> By(YamlMap yaml)
    {
        var breakdowns = new List<Breakdown>();
        foreach (var item in yaml.Items("by"))
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
                yaml.Report("by", wrong.Problem, wrong.Hint);
            }
        }

        return breakdowns;
    }

    private static DateOnly? Date(YamlMap yaml, string key)
    {
        if (yaml.Text(key) is not { } text)
        {
            return null;
        }

        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is > 1000 and < 9000
        )
        {
            return date;
        }

        yaml.Report(key, $"'{text}' is no date.", "Write it as 2015-01-31.");
        return null;
    }
}
