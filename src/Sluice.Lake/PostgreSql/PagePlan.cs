using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.PostgreSql;

/// <summary>How the pages of one table are asked for and read: made once, used for every page.</summary>
internal sealed class PagePlan
{
    // The name under which every statement knows the table: an output column of the same name must not catch the order.
    private const string Alias = "t";

    private readonly WireValues.Reader[] _readers;
    private readonly string _select;
    private readonly PageRequest _first;
    private readonly OrderField[] _order;

    public PagePlan(
        PageRequest request,
        PostgreSqlRelation relation,
        IReadOnlyList<PostgreSqlColumn> columns,
        TimeZoneInfo? zone,
        bool checksText
    )
    {
        (_first, Relation) = (request, relation);
        var readings = request.Columns.Select(column => ReadingOf(column, columns)).ToList();
        _readers =
        [
            .. request.Columns.Zip(
                readings,
                (column, reading) => WireValues.ReaderFor(reading.Wire, column.Type, zone, checksText)
            ),
        ];
        var fields = request.Columns.Select(column => new Column(column.Name, column.Type)).ToList();
        var select = request.Columns.Zip(readings, (column, reading) => Expression(column.Name, reading.Cast)).ToList();
        _order = new OrderField[request.Order.Count];
        for (var i = 0; i < _order.Length; i++)
        {
            var name = request.Order[i];
            var type = columns.FirstOrDefault(column => column.Name == name)?.TypeName ?? "tid";
            var field = fields.FindIndex(column => column.Name == name);
            if (field >= 0 && readings[field].IsExact)
            {
                _order[i] = new(field, readings[field].Wire, type);
                continue;
            }

            // What cannot be written again from its binary form comes as text, once more if need be.
            _order[i] = new(fields.Count, WireKind.Text, type);
            fields.Add(new Column(name, ColumnKind.String));
            select.Add(Expression(name, "text"));
        }

        Fields = [.. fields];
        _select = $"select {string.Join(", ", select)} from {relation.Name.Quoted} as {Alias}";
        NotNull = request.Order.Where(name => columns.Any(column => column.Name == name && column.IsNullable)).ToList();
        MaxRows = RowPage.MaxRows;
    }

    /// <summary>The fields of a row: those of the page, then what the order needs beside them.</summary>
    public Column[] Fields { get; }

    public PostgreSqlRelation Relation { get; }

    /// <summary>Rows that fitted a page until now; wide rows make it small.</summary>
    public int MaxRows { get; private set; }

    /// <summary>Whether the order is the place of the rows.</summary>
    public bool IsByBlocks => _first.Order is [BlockRange.Column] && Relation.HasBlocks;

    private IReadOnlyList<string> NotNull { get; }

    /// <summary>Whether the plan is one for these columns in this order.</summary>
    public bool Fits(PageRequest request) =>
        ReferenceEquals(_first.Shape, request.Shape)
        && (ReferenceEquals(_first.Columns, request.Columns) || _first.Columns.SequenceEqual(request.Columns))
        && (ReferenceEquals(_first.Order, request.Order) || _first.Order.SequenceEqual(request.Order));

    /// <summary>The statement of one page.</summary>
    public string Text(PageRequest request, int rows)
    {
        var conditions = KeysetSql.Condition(request, Quote, rowValues: true);
        // Nulls have no place in an order: no bound finds the way behind them.
        foreach (var name in NotNull.Where(name => name != request.NullColumn))
        {
            conditions += $"{(conditions.Length == 0 ? "" : " and ")}{Quote(name)} is not null";
        }

        var where = conditions.Length == 0 ? "" : $" where {conditions}";
        var tail =
            request.Order.Count == 0
                ? ""
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $" order by {string.Join(", ", request.Order.Select(Quote))} limit {rows}"
                );
        return $"copy ({_select}{where}{tail}) to stdout (format binary)";
    }

    /// <summary>Copies the current row into the page's columns.</summary>
    public void Take(CopyRows rows, ColumnBuffer[] columns)
    {
        for (var i = 0; i < _readers.Length; i++)
        {
            if (rows.IsNull(i))
            {
                columns[i].AppendNull();
            }
            else
            {
                _readers[i](rows.Field(i), columns[i]);
            }
        }
    }

    /// <summary>The place after the current row.</summary>
    public SourceBound After(CopyRows rows) =>
        new([.. _order.Select(field => WireLiteral.Of(TextOf(rows, field), field.Type))], IsInclusive: false);

    /// <summary>The place of the current row, for a message.</summary>
    public string PlaceOf(CopyRows rows) =>
        _order.Length == 0 || !rows.HasRow
            ? "in a row"
            : $"at {string.Join(", ", _first.Order)} {string.Join(", ", _order.Select(field => SqlIdentifier.Literal(TextOf(rows, field))))}";

    /// <summary>Learns from a page how many rows the next one should ask for.</summary>
    /// <param name="rows">Rows it got.</param>
    /// <param name="isFull">Whether its bytes ended it.</param>
    /// <param name="bytes">Its bytes.</param>
    public void Learn(int rows, bool isFull, long bytes)
    {
        if (isFull)
        {
            MaxRows = Math.Max(1, rows);
        }
        else if (rows >= MaxRows && bytes < RowPage.MaxBytes / 2)
        {
            MaxRows = Math.Min(RowPage.MaxRows, MaxRows * 2);
        }
    }

    private static string Quote(string name) => $"{Alias}.{SqlIdentifier.Quote(name)}";

    private static string Expression(string name, string? cast) =>
        cast is null ? Quote(name) : $"{Quote(name)}::{cast}";

    private static string TextOf(CopyRows rows, OrderField field) =>
        rows.IsNull(field.Field) ? "" : WireLiteral.TextOf(field.Wire, rows.Field(field.Field));

    private static PostgreSqlReading ReadingOf(SourceColumn column, IReadOnlyList<PostgreSqlColumn> columns) =>
        columns.FirstOrDefault(found => found.Name == column.Name) is { } known
            ? PostgreSqlTypes.ReadingOf(known, column.Type)
                ?? throw new Sluice.Core.PipelineException(
                    $"The column '{column.Name}' has the type '{known.Declared}' now, which cannot be loaded as {column.Type}."
                )
                {
                    Hint = "The table was changed while it was read; run again.",
                }
            : throw new Sluice.Core.PipelineException($"The column '{column.Name}' is not there any more.")
            {
                Hint = "The table was changed while it was read; run again.",
            };

    private readonly record struct OrderField(int Field, WireKind Wire, string Type);
}
