using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;

namespace Sluice.Lake.PostgreSql;

/// <summary>Cuts a range by what the server knows of its values, without reading the table.</summary>
internal static class PostgreSqlSplit
{
    private const string Histogram = """
        (
            select s.histogram_bounds::text::text[] from pg_stats s
            where s.schemaname = $1 and s.tablename = $2 and s.attname = $3
            order by s.inherited desc limit 1
        )
        """;

    public static IReadOnlyList<SourceBound> Read(
        NpgsqlConnection connection,
        PostgreSqlRelation relation,
        PostgreSqlColumn column,
        PageRequest request,
        int parts
    )
    {
        var bounds = ReadHistogram(connection, relation, column, request);
        if (bounds.Count == 0 && column.LeadsIndex && column.TypeName is "smallint" or "integer" or "bigint")
        {
            return Even(connection, relation, column, request, parts);
        }

        var count = Math.Min(parts, bounds.Count + 1);
        return
        [
            .. Enumerable
                .Range(1, Math.Max(0, count - 1))
                .Select(part => bounds[(int)((long)bounds.Count * part / count)])
                .Distinct(StringComparer.Ordinal)
                .Select(text => At(text, column)),
        ];
    }

    private static SourceBound At(string text, PostgreSqlColumn column) =>
        new([WireLiteral.Of(text, column.TypeName)], IsInclusive: true);

    // The values that part the rows into a hundred or so of equal number, those strictly inside of the range, ascending.
    private static IReadOnlyList<string> ReadHistogram(
        NpgsqlConnection connection,
        PostgreSqlRelation relation,
        PostgreSqlColumn column,
        PageRequest request
    )
    {
        var value = $"h.bound::{column.TypeName}{(column.Collation is null ? "" : $" collate {column.Collation}")}";
        var inside = string.Concat(
            request.Lower is { } lower ? $" and {value} > {lower.Values[0]}" : "",
            request.Upper is { } upper ? $" and {value} < {upper.Values[0]}" : ""
        );
        using var command = new NpgsqlCommand(
            $"select h.bound from unnest({Histogram}) with ordinality h (bound, place) where true{inside} order by h.place",
            connection
        );
        foreach (var text in new[] { relation.Name.Schema!, relation.Name.Table, column.Name })
        {
            command.Parameters.Add(new() { Value = text, NpgsqlDbType = NpgsqlDbType.Text });
        }

        var bounds = new List<string>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            bounds.Add(rows.GetString(0));
        }

        // Without a range the first bound is the least value itself: nothing lies before it.
        return request.Lower is null && bounds.Count > 0 ? bounds[1..] : bounds;
    }

    private static IReadOnlyList<SourceBound> Even(
        NpgsqlConnection connection,
        PostgreSqlRelation relation,
        PostgreSqlColumn column,
        PageRequest request,
        int parts
    )
    {
        var name = SqlIdentifier.Quote(column.Name);
        var inside = string.Concat(
            request.Lower is { } lower ? $" and {name} >= {lower.Values[0]}" : "",
            request.Upper is { } upper ? $" and {name} < {upper.Values[0]}" : ""
        );
        using var command = new NpgsqlCommand(
            $"select min({name})::bigint, max({name})::bigint from {relation.Name.Quoted} where true{inside}",
            connection
        );
        using var rows = command.ExecuteReader();
        rows.Read();
        if (rows.IsDBNull(0))
        {
            return [];
        }

        var (min, max) = ((Int128)rows.GetInt64(0), (Int128)rows.GetInt64(1));
        return
        [
            .. Enumerable
                .Range(1, parts - 1)
                .Select(part => (long)(min + ((max - min + 1) * part / parts)))
                .Where(cut => cut > min)
                .Distinct()
                .Select(cut => At(cut.ToString(CultureInfo.InvariantCulture), column)),
        ];
    }
}
