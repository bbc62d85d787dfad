using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Finds the columns of a user's file that make its rows events.</summary>
internal static class EventFileColumns
{
    private const int MostColumns = 1000;

    /// <summary>The columns as the file spells them.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wanted">The columns that mean something.</param>
    /// <param name="asksTimes">False where the time is left out if no column is called like one.</param>
    /// <exception cref="DefinitionException">One is missing, or two have one name.</exception>
    public static EventTable Find(SqlFile file, EventTable wanted, bool asksTimes)
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

        var roles = FileColumnRole.Of(wanted);
        var missing = roles.Where(role => !names.ContainsKey(role.Column)).ToList();
        var free = names
            .Values.Except(
                roles.Select(role => names.GetValueOrDefault(role.Column)).OfType<string>(),
                StringComparer.Ordinal
            )
            .ToList();
        if (!asksTimes && missing.RemoveAll(role => role.IsUsualTime && role.Likeliest(free) is null) > 0)
        {
            wanted = wanted with { Time = null };
            roles = FileColumnRole.Of(wanted);
        }

        if (missing.Count > 0)
        {
            throw new DefinitionException(
                $"The file '{file.Name}' has no column {string.Join(", and no ", missing.Select(role => $"'{role.Column}', which says {role.Says}"))}; it has {List(file)}.",
                FileColumnRole.Suggest(missing, free)
            );
        }

        if (roles.GroupBy(role => names[role.Column]).FirstOrDefault(group => group.Count() > 1) is { } shared)
        {
            throw new DefinitionException(
                $"The column '{shared.Key}' of the file '{file.Name}' cannot be {string.Join(" and ", shared.Select(role => role.Name))} at once.",
                "Name another column for one of them, for example --columns user_id=COLUMN"
            );
        }

        return wanted with
        {
            User = names[wanted.User],
            Event = names[wanted.Event],
            Time = wanted.Time is { } time ? names[time] : null,
            Session = wanted.Session is { } session ? names[session] : null,
            Properties = wanted.Properties is { } properties ? names[properties] : null,
        };
    }

    private static string List(SqlFile file)
    {
        const int Most = 20;
        var names = string.Join(", ", file.Columns.Take(Most).Select(column => column.Name));
        return file.Columns.Count > Most ? $"{names}, …" : names;
    }
}
