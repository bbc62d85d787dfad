using System.Globalization;
using CsCheck;
using DuckDB.NET.Data;
using Sluice.Core.Filters;
using Sluice.Core.Tables;
using Sluice.Tests.Core.Filters;

namespace Sluice.IntegrationTests.Filters;

/// <summary>DuckDB and the evaluator give every filter the same truth.</summary>
public sealed class FilterSqlTests : IDisposable
{
    private static readonly FilterColumns Columns = new(FilterRow.Schema, "properties");

    // The same properties, as a value of DuckDB's own type.
    private static readonly FilterColumns TypedColumns = new(
        new([.. FilterRow.Schema.Columns, new("typed", ColumnKind.String)]),
        "typed",
        "r"
    );

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public FilterSqlTests()
    {
        _connection.Open();
        Run("set threads = 1");
        Run("set TimeZone = 'UTC'");
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Random_filters_have_one_truth_on_random_rows() =>
        Gen.Select(
                FilterRow.Any.Array[40],
                FilterGen.Over([.. FilterRow.Schema.Columns.Select(column => column.Name), .. FilterRow.Keys]).Array[20]
            )
            .Sample(
                (rows, filters) =>
                {
                    Fill(rows);
                    AssertTruth(rows, filters);
                },
                iter: 20,
                threads: 1,
                print: Print
            );

    [Fact]
    public void Every_json_value_compares_with_every_other()
    {
        var rows = (
            from left in FilterRow.Json
            from right in FilterRow.Json
            select FilterRow.With("properties", $$"""{"k": {{left}}, "n": {{right}}}""")
        ).ToList();
        Fill(rows);

        AssertTruth(rows, [.. Comparisons(new FilterOperand.Name("n"))]);
    }

    [Fact]
    public void Every_json_value_compares_with_every_literal()
    {
        var rows = FilterRow.Json.Select(json => FilterRow.With("properties", $$"""{"k": {{json}}}""")).ToList();
        Fill(rows);

        AssertTruth(rows, [.. FilterGen.Values.SelectMany(Comparisons)]);
    }

    [Fact]
    public void The_longest_filters_are_run()
    {
        var row = FilterRow.With("whole", 5L);
        var many = Enumerable.Range(10, 3_000).Select(i => i.ToString(CultureInfo.InvariantCulture)).ToList();
        var deep = FilterText.DeepestNesting - 2;
        Fill([row]);

        AssertTruth(
            [row],
            [
                FilterText.Parse(string.Join(" and ", many.Select(i => $"whole <> {i}"))),
                FilterText.Parse($"whole in ({string.Join(", ", many)}, 5)"),
                FilterText.Parse($"k in ({string.Join(", ", many.Select(i => $"'{i}'"))})"),
                FilterText.Parse($"{string.Concat(Enumerable.Repeat("not ", deep))}whole = 5"),
                FilterText.Parse(
                    $"{string.Concat(Enumerable.Repeat("(k = 1 or (whole = 5 and ", deep / 2))}whole = 5{string.Concat(Enumerable.Repeat("))", deep / 2))}"
                ),
            ]
        );
    }

    [Fact]
    public void A_year_that_no_time_can_have_stops_no_statement()
    {
        Fill([]);
        Run("insert into r (id, day, time) values (0, date '300000-01-01', timestamptz '2015-01-02 00:00:00+00')");

        Assert.Single(Truths([FilterText.Parse("day > '2015-01-02T12:00' or day > time")], Columns));
    }

    private static IEnumerable<Filter> Comparisons(FilterOperand other) =>
        Enum.GetValues<FilterOperator>()
            .Select(relation => new Filter.Comparison(new FilterOperand.Name("k"), relation, other));

    private static string Print((FilterRow[] Rows, Filter[] Filters) sample) =>
        string.Join('\n', sample.Filters.Select(filter => filter.ToText()))
        + "\n"
        + string.Join('\n', sample.Rows.Select((row, id) => row.ToSql(id)));

    private void Fill(IReadOnlyList<FilterRow> rows)
    {
        Run(FilterRow.CreateTable);
        if (rows.Count > 0)
        {
            Run($"insert into r values {string.Join(", ", rows.Select((row, id) => row.ToSql(id)))}");
        }
    }

    private void AssertTruth(IReadOnlyList<FilterRow> rows, IReadOnlyList<Filter> filters)
    {
        foreach (var columns in new[] { Columns, TypedColumns })
        {
            var truths = Truths(filters, columns);
            for (var id = 0; id < rows.Count; id++)
            {
                var values = Columns.ValuesOf(name => rows[id][name]);
                for (var i = 0; i < filters.Count; i++)
                {
                    var expected = filters[i].Evaluate(values);
                    Assert.True(
                        expected == truths[id][i],
                        $"{filters[i].ToText()} is {truths[id][i]}, not {expected}, on {rows[id].ToSql(id)}: {FilterSql.Render(filters[i], columns)}"
                    );
                }
            }

            AssertChosen(truths, filters, columns);
        }
    }

    // In a WHERE the engine may look at parts in another order, and leave some out.
    private void AssertChosen(IReadOnlyList<bool?[]> truths, IReadOnlyList<Filter> filters, FilterColumns columns)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = $"select count(*) from r where {FilterSql.Render(filters[i], columns)}";

            Assert.Equal(truths.LongCount(row => row[i] == true), (long)command.ExecuteScalar()!);
        }
    }

    private List<bool?[]> Truths(IReadOnlyList<Filter> filters, FilterColumns columns)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            $"select {string.Join(", ", filters.Select(filter => FilterSql.Render(filter, columns)))} from r order by id";
        using var reader = command.ExecuteReader();
        var truths = new List<bool?[]>();
        while (reader.Read())
        {
            truths.Add([
                .. Enumerable
                    .Range(0, filters.Count)
                    .Select(i => reader.IsDBNull(i) ? (bool?)null : reader.GetBoolean(i)),
            ]);
        }

        return truths;
    }

    private void Run(string statement)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
