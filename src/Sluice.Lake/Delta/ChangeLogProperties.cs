using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>Keeps what makes a table a log of changes among the table's properties, where any reader of the table finds it.</summary>
internal static class ChangeLogProperties
{
    private const string Key = "sluice.changelog.key";
    private const string Cursor = "sluice.changelog.cursor";
    private const string SoftDelete = "sluice.changelog.softDelete";

    /// <summary>The properties with those of the log in place of what they had.</summary>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> properties, ChangeLog? log)
    {
        var others = properties.Where(property => property.Key is not (Key or Cursor or SoftDelete));
        var all = new Dictionary<string, string>(others, StringComparer.Ordinal);
        if (log is not null)
        {
            all[Key] = JsonSerializer.Serialize(log.Key, DeltaJson.Default.IReadOnlyListString);
            all[Cursor] = log.Cursor;
            if (log.SoftDelete is { } column)
            {
                all[SoftDelete] = column;
            }
        }

        return all;
    }

    /// <summary>The log that the properties tell of; null where they tell of none.</summary>
    /// <exception cref="PipelineException">They are damaged.</exception>
    public static ChangeLog? Read(IReadOnlyDictionary<string, string> properties, TableId table)
    {
        if (!properties.TryGetValue(Key, out var key) || !properties.TryGetValue(Cursor, out var cursor))
        {
            return null;
        }

        try
        {
            var names = JsonSerializer.Deserialize(key, DeltaJson.Default.IReadOnlyListString);
            return new ChangeLog(names!, cursor, properties.GetValueOrDefault(SoftDelete));
        }
        catch (JsonException damage)
        {
            throw new PipelineException($"The property '{Key}' of {table} is damaged.", damage);
        }
    }
}
