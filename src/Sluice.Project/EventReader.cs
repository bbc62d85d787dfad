using Sluice.Core.Funnels;
using Sluice.Project.Yaml;

namespace Sluice.Project;

/// <summary>Reads the sections <c>events</c> and <c>users</c>: how models are read as events and their users.</summary>
internal static class EventReader
{
    public static IReadOnlyDictionary<string, EventTable> Events(YamlMap yaml)
    {
        var tables = new Dictionary<string, EventTable>(StringComparer.Ordinal);
        if (yaml.Map("events") is not { } section)
        {
            return tables;
        }

        foreach (var (name, _) in section.Keys)
        {
            var table = new EventTable();
            if (section.Map(name) is { } columns)
            {
                columns.Allow("event", "time", "user", "session", "properties");
                table = new EventTable
                {
                    Event = columns.Text("event") ?? table.Event,
                    Time = columns.Text("time"),
                    User = columns.Text("user") ?? table.User,
                    Session = columns.Text("session"),
                    Properties = columns.Text("properties"),
                };
            }

            tables[name] = table;
        }

        return tables;
    }

    public static UserTable? Users(YamlMap yaml)
    {
        if (yaml.Map("users") is not { } users)
        {
            return null;
        }

        users.Allow("table", "key", "valid_from", "valid_to");
        var (validFrom, validTo) = (users.Text("valid_from"), users.Text("valid_to"));
        if (validFrom is null && validTo is not null)
        {
            users.Report("valid_to", "'valid_to' needs 'valid_from' beside it.");
        }

        return users.RequiredText("table") is { } table && users.RequiredText("key") is { } key
            ? new(table, key, validFrom, validTo)
            : null;
    }
}
