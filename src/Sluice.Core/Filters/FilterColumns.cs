using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Filters;

/// <summary>What the names in a filter mean for one table: its columns, else keys of its properties.</summary>
public sealed class FilterColumns
{
    private readonly string? _properties;
    private readonly string _prefix;

    /// <summary>Says where names are looked up.</summary>
    /// <param name="schema">The table's columns.</param>
    /// <param name="properties">The column whose texts are JSON objects; null where there is none.</param>
    /// <param name="alias">The table's name in the statement; null where columns need none before them.</param>
    /// <exception cref="DefinitionException">There is no such column of properties, or it holds no text.</exception>
    public FilterColumns(TableSchema schema, string? properties = null, string? alias = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        (Schema, _properties, _prefix) = (schema, properties, alias is null ? "" : $"{SqlIdentifier.Quote(alias)}.");
        if (properties is not null && Column(properties) is not { Type.Kind: ColumnKind.String })
        {
            throw new DefinitionException(
                $"There is no column '{properties}' with properties in JSON.",
                Nearest.Suggest(properties, Names(column => column.Type.Kind == ColumnKind.String))
            );
        }
    }

    /// <summary>The table's columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>What to evaluate a filter with: the row's column of a name, else the key of its properties.</summary>
    /// <param name="row">The row's value of a column.</param>
    /// <exception cref="DefinitionException">Thrown by the result: there is no such name.</exception>
    public Func<string, object?> ValuesOf(Func<string, object?> row) =>
        name =>
            Column(name) is not null ? row(name)
            : _properties is not null ? JsonProperties.Find(row(_properties) as string, name)
            : throw Unknown(name);

    /// <summary>What stands for a name in a statement.</summary>
    /// <exception cref="DefinitionException">There is no such name.</exception>
    internal FilterSource Find(string name) =>
        Column(name) is { } column ? FilterSource.Of(column.Type, Sql(name))
        : _properties is not null ? FilterSource.Property(Sql(_properties), name)
        : throw Unknown(name);

    private Column? Column(string name) => Schema.Columns.FirstOrDefault(column => column.Name == name);

    private IEnumerable<string> Names(Func<Column, bool> which) =>
        Schema.Columns.Where(which).Select(column => column.Name);

    private string Sql(string column) => $"{_prefix}{SqlIdentifier.Quote(column)}";

    private DefinitionException Unknown(string name) =>
        new(
            $"The filter reads '{name}', which is no column, and there are no properties.",
            Nearest.Suggest(name, Names(_ => true))
        );
}
