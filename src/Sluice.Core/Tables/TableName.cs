namespace Sluice.Core.Tables;

/// <summary>Finds the table that a user names.</summary>
public static class TableName
{
    /// <summary>The table called <paramref name="name"/>, as <c>users</c> or <c>app.users</c>; of the marts <c>dim_user</c> or <c>marts.dim_user</c>.</summary>
    /// <param name="all">The tables to choose from.</param>
    /// <param name="name">What the user wrote.</param>
    /// <param name="place">Where they are, for the message.</param>
    /// <exception cref="DefinitionException">There is none, or several have the name.</exception>
    public static TableId Find(IReadOnlyList<TableId> all, string name, string place)
    {
        ArgumentNullException.ThrowIfNull(all);
        var found = all.Where(table => table.Name == name || table.FullName == name).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new DefinitionException(
                $"There is no table '{name}' {place}.",
                Nearest.Suggest(
                    name,
                    all.Select(table => name.Contains('.', StringComparison.Ordinal) ? table.FullName : table.Name)
                        .Distinct(StringComparer.Ordinal)
                )
            ),
            _ => throw new DefinitionException(
                $"Several sources have a table '{name}'.",
                $"Write one of: {string.Join(", ", found.Select(table => table.FullName))}."
            ),
        };
    }

    /// <summary>The name by which a statement and a user know the table: that of a raw one with its source.</summary>
    public static string Of(TableId table) => table.IsMart ? table.Name : table.FullName;
}
