using Sluice.Core.Scheduling;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>Reads texts that are templates.</summary>
internal static class TaskText
{
    /// <summary>The text, whose templates are told of where they cannot be rendered; null where it is missing, which is told too.</summary>
    public static string? Template(YamlMap yaml, string key, DagDefinition dag)
    {
        if (yaml.RequiredText(key) is not { } text)
        {
            return null;
        }

        TaskTemplates.Check(text, dag, problem => yaml.ReportIn(key, problem.Line, problem.Message, problem.Hint));
        return text;
    }

    /// <summary>The same of a URL.</summary>
    public static string? Url(YamlMap yaml, string key, DagDefinition dag)
    {
        if (Template(yaml, key, dag) is not { } text)
        {
            return null;
        }

        var isUrl =
            TaskTemplates.IsTemplate(text)
            || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");
        if (!isUrl)
        {
            yaml.Report(key, $"'{text}' is no URL.", "Write it as https://host/path.");
        }

        return text;
    }
}
