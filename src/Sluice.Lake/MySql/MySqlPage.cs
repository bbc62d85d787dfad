using MySqlConnector;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.MySql;

/// <summary>The statement that reads a page, its parameters, and how its rows are read.</summary>
internal sealed class MySqlPage
{
    private readonly MySqlKey[] _keys;
    private readonly int[] _keyPlaces;
    private readonly MySqlValues.Reader[] _readers;
    private readonly List<MySqlParameter> _parameters = [];

    /// <summary>Makes the statement.</summary>
    /// <param name="request">Which rows.</param>
    /// <param name="limit">Most rows; without effect where they come in no order.</param>
    /// <param name="binaryCollations">The binary collation of each character set.</param>
    /// <param name="zone">What times without a zone mean.</param>
    public MySqlPage(
        PageRequest request,
        int limit,
        IReadOnlyDictionary<string, string> binaryCollations,
        WallClock? zone
    )
    {
        Table = request.Shape.Table;
        _keys = [.. request.Order.Select(name => MySqlKey.Of(request.Shape, name, binaryCollations))];
        var types = request.Columns.Select(column => MySqlType.Parse(column.Declared ?? "")).ToList();
        _readers = [.. request.Columns.Zip(types, (column, type) => MySqlValues.ReaderFor(type, column.Type, zone))];
        var select = request
            .Columns.Zip(types, (column, type) => MySqlSelect.Column(column.Name, type, column.Type, binaryCollations))
            .ToList();
        _keyPlaces = new int[_keys.Length];
        for (var i = 0; i < _keys.Length; i++)
        {
            // An integer that the page reads as another number is the same expression, too.
            var place = select.IndexOf(_keys[i].Select);
            if (place < 0)
            {
                place = select.Count;
                select.Add(_keys[i].Select);
            }

            _keyPlaces[i] = place;
        }

        var bounded = request with { Lower = Bind(request.Lower, "@l"), Upper = Bind(request.Upper, "@u") };
        var from = MySqlName.Parse(request.Shape.Table).Quoted;
        Text =
            $"select {string.Join(", ", select)} from {from}{KeysetSql.Tail(bounded, MySqlName.Quote, rowValues: false)}";
        if (_keys.Length > 0)
        {
            Text += " limit @n";
            _parameters.Add(new("@n", (long)limit));
        }
    }

    /// <summary>The table.</summary>
    public string Table { get; }

    /// <summary>The statement; pages of one table, order and kind of bounds have one text.</summary>
    public string Text { get; }

    /// <summary>The statement as a command of a session.</summary>
    public MySqlCommand CommandOf(MySqlConnection connection, int timeoutSeconds)
    {
        var command = new MySqlCommand(Text, connection) { CommandTimeout = timeoutSeconds };
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Copies the current row into the columns of a page.</summary>
    public void Copy(MySqlRow row, ReadOnlySpan<ColumnBuffer> columns)
    {
        var readers = _readers;
        for (var i = 0; i < readers.Length; i++)
        {
            readers[i](row, i, columns[i]);
        }
    }

    /// <summary>The place after the current row.</summary>
    public SourceBound After(MySqlRow row) =>
        new([.. _keys.Select((key, i) => key.Read(row, _keyPlaces[i]))], IsInclusive: false);

    /// <summary>Names the current row, without texts of it; null where nothing names it.</summary>
    public string? Place(MySqlRow row)
    {
        var parts = _keys.Select((key, i) => key.Show(row, _keyPlaces[i])).OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private SourceBound? Bind(SourceBound? bound, string prefix)
    {
        if (bound is null)
        {
            return null;
        }

        var placeholders = new string[bound.Values.Count];
        for (var i = 0; i < placeholders.Length; i++)
        {
            var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{i}");
            _parameters.Add(new(name, _keys[i].Parameter(bound.Values[i])));
            placeholders[i] = _keys[i].Placeholder(name);
        }

        return bound with
        {
            Values = placeholders,
        };
    }
}
