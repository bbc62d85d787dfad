using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Finds the columns of a user's file that make its rows events.</summary>
internal static class EventFileColumns
{
    private const int MostColumns = 1000;

    /// <summary>The columns as the file spells them.</summary>
    /// <exception cref="DefinitionException">One is missing, or two have one name.</exception>
    public static EventTable Find(SqlFile file, EventTable wanted)
    {
        if (file.Columns.Count > MostColumns)
        {
            throw new DefinitionException(
                $"The file '{file.Name}' has {file.Columns.Count} columns, and {MostColumns} are the most that can be read.",
                "Are values among its names? Put rare properties into one column or key as a JSON object."
            );
        }

        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in file.Columns)
        {
            if (!names.TryAdd(column.Name, column.Name))
            {
                throw new DefinitionException(
                    names[column.Name] == column.Name
                        ? $"The file '{file.Name}' has two columns '{column.Name}'."
                        : $"The file '{file.Name}' has the columns '{names[column.Name]}' and '{column.Name}', which differ only in case.",
                    "Give one of them another name."
                );
            }
        }

        return wanted with
        {
            User = Name(wanted.User, "whose event it is"),
            Event = Name(wanted.Event, "what happened"),
            Time = wanted.Time is { } time ? Name(time, "when it happened") : null,
            Session = wanted.Session is { } session ? Name(session, "to which session it belongs") : null,
            Properties = wanted.Properties is { } properties ? Name(properties, "what else is known") : null,
        };

        string Name(string name, string says) =>
            names.TryGetValue(name, out var found)
                ? found
                : throw new DefinitionException(
                    $"The file '{file.Name}' has no column '{name}', which says {says}; it has {List(file)}.",
                    Nearest.Suggest(name, names.Values)
                );
    }

    private static string List(SqlFile file)
    {
        const int Most = 20;
        var names = string.Join(", ", file.Columns.Take(Most).Select(column => column.Name));
        return file.Columns.Count > Most ? $"{names}, …" : names;
    }
}
