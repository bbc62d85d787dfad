namespace Sluice.Core.Tables;

/// <summary>A table of the lake: of the raw zone by its source and name, of the marts zone by its model's name.</summary>
/// <param name="Schema">The source's name, or <see cref="MartsSchema"/>.</param>
/// <param name="Name">The table's name as the source or the model spells it; any text.</param>
public readonly record struct TableId(string Schema, string Name) : IComparable<TableId>
{
    /// <summary>The schema, in SQL, of what models make.</summary>
    public const string MartsSchema = "marts";

    /// <summary>As statements name it: <c>app.users</c>, <c>marts.dim_user</c>.</summary>
    public string FullName => $"{Schema}.{Name}";

    /// <summary>Whether a model makes it; else it was extracted or imported.</summary>
    public bool IsMart => Schema == MartsSchema;

    /// <summary>The zone it lies in: <c>raw</c> or <c>marts</c>.</summary>
    public string Zone => IsMart ? "marts" : "raw";

    /// <summary>The table that the model <paramref name="name"/> makes.</summary>
    public static TableId Mart(string name) => new(MartsSchema, name);

    /// <summary>The table <paramref name="name"/> of a source.</summary>
    public static TableId Raw(string source, string name) => new(source, name);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text names no table.</exception>
    public static TableId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var zone = text.Split('/', 2);
        return zone switch
        {
            ["marts", { Length: > 0 } name] => Mart(name),
            ["raw", var rest] when rest.Split('/', 2) is [{ Length: > 0 } source, { Length: > 0 } name] => Raw(
                source,
                name
            ),
            _ => throw new FormatException($"'{text}' names no table."),
        };
    }

    /// <summary>Ordinal: the raw zone, then the marts, each by name.</summary>
    public int CompareTo(TableId other) =>
        IsMart != other.IsMart ? IsMart.CompareTo(other.IsMart)
        : string.CompareOrdinal(Schema, other.Schema) is var bySchema and not 0 ? bySchema
        : string.CompareOrdinal(Name, other.Name);

    /// <summary><c>raw/app/users</c> or <c>marts/dim_user</c>.</summary>
    public override string ToString() => IsMart ? $"marts/{Name}" : $"raw/{Schema}/{Name}";

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(TableId left, TableId right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(TableId left, TableId right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(TableId left, TableId right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(TableId left, TableId right) => left.CompareTo(right) >= 0;
}
