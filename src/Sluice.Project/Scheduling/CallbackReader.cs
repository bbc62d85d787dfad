using Sluice.Core.Scheduling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads who is told of a run: one, or a list of them.</summary>
internal static class CallbackReader
{
    private const string Hint = "Write {webhook: https://…} or {command: \"…\"}, or a list of these.";

    public static IReadOnlyList<Callback> Read(YamlMap yaml, string key, DagDefinition dag)
    {
        var callbacks = new List<Callback>();
        foreach (var item in yaml.Items(key))
        {
            switch (item.Map?.Keys.Select(one => one.Key).ToList())
            {
                case ["webhook"] when TaskText.Url(item.Map, "webhook", dag) is { } url:
                    callbacks.Add(new Callback.Webhook(url));
                    break;
                case ["command"] when TaskText.Template(item.Map, "command", dag) is { } command:
                    callbacks.Add(new Callback.Command(command));
                    break;
                case ["webhook" or "command"]:
                    break;
                default:
                    yaml.ReportAt(item, $"'{key}' is called by a webhook or a command.", Hint);
                    break;
            }
        }

        return callbacks;
    }
}
