using Sluice.Core.Tables;

namespace Sluice.Core.Sql;

/// <summary>The only way in which a name or a text gets into a statement.</summary>
public static class SqlIdentifier
{
    /// <summary>A name in double quotes: any text is safe in it.</summary>
    public static string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A name in backticks, as Spark quotes: any text is safe in it.</summary>
    public static string Backtick(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
    }

    /// <summary>A table's name with its schema.</summary>
    public static string Quote(TableId table) => $"{Quote(table.Schema)}.{Quote(table.Name)}";

    /// <summary>A text in single quotes.</summary>
    public static string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }
}
