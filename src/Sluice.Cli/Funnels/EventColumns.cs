using Sluice.Core;
using Sluice.Core.Funnels;

namespace Sluice.Cli.Funnels;

/// <summary>Reads which column of a file means what: <c>user_id=uid,time=ts</c>.</summary>
internal static class EventColumns
{
    private static readonly IReadOnlyList<string> Meanings = ["user_id", "event", "time", "session_id", "properties"];

    /// <summary>The columns; those not named have the usual names.</summary>
    /// <param name="texts">The values of the option, each with one or more pairs.</param>
    /// <exception cref="DefinitionException">A pair is none, or a meaning is unknown or given twice.</exception>
    public static EventTable Parse(IEnumerable<string> texts)
    {
        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in texts.SelectMany(text => text.Split(',')))
        {
            if (pair.Split('=', 2, StringSplitOptions.TrimEntries) is not [var meaning, { Length: > 0 } column])
            {
                throw new DefinitionException(
                    $"'{pair}' in --columns names no column.",
                    "Write for example --columns user_id=uid,time=ts"
                );
            }

            if (!Meanings.Contains(meaning))
            {
                throw new DefinitionException(
                    $"--columns says what a column means, and '{meaning}' is no meaning.",
                    Nearest.Suggest(meaning, Meanings)
                );
            }

            if (!columns.TryAdd(meaning, column))
            {
                throw new DefinitionException(
                    $"--columns names two columns for {meaning}: '{columns[meaning]}' and '{column}'.",
                    "Leave one of them out."
                );
            }
        }

        return new()
        {
            User = columns.GetValueOrDefault("user_id", "user_id"),
            Event = columns.GetValueOrDefault("event", "event"),
            Time = columns.GetValueOrDefault("time", "time"),
            Session = columns.GetValueOrDefault("session_id"),
            Properties = columns.GetValueOrDefault("properties"),
        };
    }
}
