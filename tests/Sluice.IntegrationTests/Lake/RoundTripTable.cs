using System.Data.Common;
using System.Globalization;
using Npgsql;
using Sluice.Core.Extraction;

namespace Sluice.IntegrationTests.Lake;

/// <summary>A random table: columns of some types, and rows of which the test knows every value.</summary>
internal sealed class RoundTripTable
{
    private const string Null = "null";

    private readonly SourceKind _kind;
    private readonly RoundTripType[] _types;
    private readonly List<object?[]> _rows;

    public RoundTripTable(SourceKind kind, string name, Random random)
    {
        (_kind, Name) = (kind, name);
        var types = RoundTripType.All.Where(type => type.In(kind) is not null).ToArray();
        random.Shuffle(types);
        _types = types[..random.Next(3, types.Length + 1)];
        var nulls = random.Next(3);
        _rows =
        [
            .. Enumerable
                .Range(0, random.Next(1, 150))
                .Select(_ =>
                    _types.Select(type => nulls > 0 && random.Next(nulls * 3) == 0 ? null : type.Next(random)).ToArray()
                ),
        ];
    }

    public string Name { get; }

    /// <summary>Makes the table and inserts its rows.</summary>
    public async Task CreateAsync(DbConnection connection)
    {
        await using var create = connection.CreateCommand();
        create.CommandText =
            $"create table {Name} (id int primary key, {string.Join(", ", _types.Select((type, i) => $"c{i} {type.In(_kind)}"))})";
        await create.ExecuteNonQueryAsync();
        for (var row = 0; row < _rows.Count; row++)
        {
            await using var insert = connection.CreateCommand();
            var values = _types.Select(
                (type, i) =>
                    type.PostgreSql is "numeric(38,9)" && connection is NpgsqlConnection
                        ? $"@p{i}::text::numeric"
                        : $"@p{i}"
            );
            insert.CommandText = $"insert into {Name} values ({row}, {string.Join(", ", values)})";
            for (var i = 0; i < _types.Length; i++)
            {
                var parameter = insert.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@p{i}", ValueOf(_rows[row][i]) ?? DBNull.Value);
                insert.Parameters.Add(parameter);
            }

            // Numbers go in binary form, and not as the text that the driver makes of them.
            await insert.PrepareAsync();
            await insert.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The rows as text.</summary>
    /// <param name="forClickHouse">Whether columns are left out whose values it cannot tell.</param>
    public IReadOnlyList<string> Rows(bool forClickHouse) =>
        [
            .. _rows.Select(row =>
                string.Join(',', Places(forClickHouse).Select(i => row[i] is { } value ? _types[i].Text(value) : Null))
            ),
        ];

    /// <summary>The statement that reads them so.</summary>
    /// <param name="from">The table as the reader knows it.</param>
    /// <param name="forClickHouse">Which reader.</param>
    public string Select(string from, bool forClickHouse)
    {
        var columns = Places(forClickHouse)
            .Select(i =>
                string.Format(
                    CultureInfo.InvariantCulture,
                    (forClickHouse ? _types[i].ClickHouse : _types[i].DuckDb)!,
                    $"c{i}"
                )
            )
            .Select(column => $"coalesce({column}, '{Null}')");
        return $"select {string.Join(", ", columns)} from {from} order by id";
    }

    /// <summary>What a reader gave, with numbers as the test writes them.</summary>
    public IReadOnlyList<string> Normal(IEnumerable<string> rows, bool forClickHouse)
    {
        var places = Places(forClickHouse);
        return
        [
            .. rows.Select(row =>
                string.Join(',', row.Split(',').Select((text, at) => Normal(text, _types[places[at]])))
            ),
        ];
    }

    private int[] Places(bool forClickHouse) =>
        [.. Enumerable.Range(0, _types.Length).Where(i => !forClickHouse || _types[i].ClickHouse is not null)];

    private static string Normal(string text, RoundTripType type) =>
        text == Null ? Null
        : type.MySql == "double" ? type.Text(double.Parse(text, CultureInfo.InvariantCulture))
        : type.MySql == "float" ? type.Text(float.Parse(text, CultureInfo.InvariantCulture))
        : text;

    private object? ValueOf(object? value) =>
        (_kind, value) switch
        {
            (SourceKind.Sqlite, DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            (SourceKind.Sqlite, DateTime at) => at.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
                CultureInfo.InvariantCulture
            ),
            _ => value,
        };
}
