using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Scheduling;
using Sluice.Core.Tables;
using Sluice.Project.Yaml;

namespace Sluice.Project.Scheduling;

/// <summary>The kinds of tasks: for each the key that says so, the keys that belong to it, and what reads them.</summary>
internal static partial class TaskKinds
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];
    private static readonly string[] RowFiles = [".csv", ".json", ".parquet"];

    /// <summary>All kinds: a later one is one entry more.</summary>
    public static IReadOnlyList<TaskKind> All { get; } =
    [
        new("extract", [], Extract),
        new("model", [], Model),
        new("index", [], Index),
        new("sql", ["to"], Sql),
        new(
            "shell",
            [],
            (task, dag, _) => TaskText.Template(task, "shell", dag) is { } text ? new TaskWork.Shell(text) : null
        ),
        new("http", ["method", "headers", "body"], Http),
        new("wait_for", WaitReader.Keys, (task, _, scope) => WaitReader.Read(task, scope)),
        new("empty", [], Empty),
    ];

    private static TaskWork? Extract(YamlMap task, DagDefinition dag, DagScope scope)
    {
        if (task.RequiredText("extract") is not { } name)
        {
            return null;
        }

        try
        {
            var tables = scope
                .Project.Sources.Where(source => source.Kind != SourceKind.Import)
                .SelectMany(source => source.Tables.Select(table => TableId.Raw(source.Name, table.Name)))
                .ToList();
            var table = TableName.Find(tables, name, "to extract");
            return new TaskWork.Extract(table.Schema, table.Name);
        }
        catch (DefinitionException wrong)
        {
            task.Report("extract", wrong.Problem, wrong.Hint);
            return null;
        }
    }

    private static TaskWork? Model(YamlMap task, DagDefinition dag, DagScope scope) =>
        task.RequiredText("model") is { } name && IsModel(task, "model", name, scope) ? new TaskWork.Model(name) : null;

    private static TaskWork? Index(YamlMap task, DagDefinition dag, DagScope scope)
    {
        if (task.RequiredText("index") is not { } table || !IsModel(task, "index", table, scope))
        {
            return null;
        }

        if (scope.Project.Events.TryGetValue(table, out var events) && events.Time is not null)
        {
            return new TaskWork.Index(table);
        }

        task.Report(
            "index",
            $"'{table}' is no table of events with times.",
            $"Write it under events: with its columns, as  {table}: {{time: occurred_at}}"
        );
        return null;
    }

    private static bool IsModel(YamlMap task, string key, string name, DagScope scope)
    {
        var models = scope.Project.Models.Ordered.Select(model => model.Name);
        if (scope.ModelsAreKnown && !models.Contains(name, StringComparer.Ordinal))
        {
            task.Report(key, $"there is no model '{name}'.", Nearest.Suggest(name, models));
        }

        return models.Contains(name, StringComparer.Ordinal);
    }

    private static TaskWork? Sql(YamlMap task, DagDefinition dag, DagScope scope)
    {
        var to = task.Has("to") ? TaskText.Template(task, "to", dag) : null;
        if (to is not null && !RowFiles.Contains(Path.GetExtension(to), StringComparer.Ordinal))
        {
            task.Report("to", $"'{to}' is no file of rows.", $"Its name ends with {string.Join(", ", RowFiles)}.");
        }

        return TaskText.Template(task, "sql", dag) is { } statement ? new TaskWork.Sql(statement, to) : null;
    }

    private static TaskWork? Http(YamlMap task, DagDefinition dag, DagScope scope)
    {
        var body = task.Has("body") ? TaskText.Template(task, "body", dag) : null;
        var method = task.Text("method") ?? (body is null ? "GET" : "POST");
        if (!Methods.Contains(method, StringComparer.Ordinal))
        {
            task.Report("method", $"'{method}' is no method.", Nearest.Suggest(method, Methods));
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var section = task.Map("headers");
        foreach (var (name, _) in section?.Keys ?? [])
        {
            if (!HeaderName().IsMatch(name) || headers.ContainsKey(name))
            {
                section!.Report(name, $"a header '{name}' cannot be sent, or is there twice.");
            }
            else if (TaskText.Template(section!, name, dag) is { } value)
            {
                headers[name] = value;
                if (!TaskTemplates.IsTemplate(value) && value.Any(char.IsControl))
                {
                    section!.Report(name, $"the header '{name}' has a line break.", "A header is one line.");
                }
            }
        }

        return TaskText.Url(task, "http", dag) is { } url
            ? new TaskWork.Http(method, url) { Headers = headers, Body = body }
            : null;
    }

    private static TaskWork.Empty Empty(YamlMap task, DagDefinition dag, DagScope scope)
    {
        if (task.Text("empty") is not null)
        {
            task.Report("empty", "'empty' takes no value.", "Write {empty: }.");
        }

        return new();
    }

    [GeneratedRegex(@"\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HeaderName();
}
