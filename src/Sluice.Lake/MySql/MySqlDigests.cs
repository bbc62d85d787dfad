using System.Globalization;
using MySqlConnector;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.MySql;

/// <summary>Lets the server compute checksums of rows.</summary>
/// <param name="run">Runs what needs the session to itself.</param>
/// <param name="session">The session.</param>
/// <param name="definition">The source.</param>
internal sealed class MySqlDigests(MySqlDigests.Runner run, MySqlConnection session, SourceDefinition definition)
    : IRangeDigests
{
    /// <summary>Runs what needs the session to itself, for a table.</summary>
    public delegate Task<RangeDigest> Runner(
        Func<RangeDigest> call,
        CancellationToken cancellationToken,
        string? table
    );

    public DigestForm? FormOf(SourceShape shape, SourceColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Write(column)?.Form;
    }

    public Task<RangeDigest> ReadAsync(PageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var lower = Bind(request.Lower, "@l");
        var upper = Bind(request.Upper, "@u");
        var sql = Text(request with { Lower = lower.Bound, Upper = upper.Bound });
        return run(
            () =>
                MySqlQuery
                    .Read(
                        session,
                        sql,
                        [.. lower.Values, .. upper.Values, ("@n", (long)request.MaxRows)],
                        values => DigestOf(values, request.MaxRows),
                        cancellationToken
                    )
                    .Single(),
            cancellationToken,
            request.Shape.Table
        );
    }

    private static RangeDigest DigestOf(object[] values, int asked)
    {
        var rows = Convert.ToInt64(values[0], CultureInfo.InvariantCulture);
        return new(
            rows,
            Int128.Parse((string)values[2], CultureInfo.InvariantCulture),
            Int128.Parse((string)values[3], CultureInfo.InvariantCulture),
            values[4] is DBNull ? null : Convert.ToInt64(values[4], CultureInfo.InvariantCulture),
            IsEnd: rows < asked,
            IsComplete: Convert.ToInt64(values[1], CultureInfo.InvariantCulture) == rows
        );
    }

    private static (SourceBound? Bound, IReadOnlyList<(string Name, object? Value)> Values) Bind(
        SourceBound? bound,
        string name
    ) =>
        bound is null
            ? (null, [])
            : (bound with { Values = [name] }, [(name, long.Parse(bound.Values[0], CultureInfo.InvariantCulture))]);

    private string Text(PageRequest request)
    {
        var elements = request.Columns.Select(column =>
        {
            var (form, text) =
                Write(column)
                ?? throw new PipelineException($"The column '{column.Name}' changed while the table was read.")
                {
                    IsTransient = true,
                };
            // As bytes: texts of several collations are not put together. What is too long for that is null, and so is the checksum.
            var whole =
                form == DigestForm.Text
                    ? $"concat(char_length({text}), ':', cast({text} as binary))"
                    : $"concat({text}, ',')";
            return $"if({MySqlName.Quote(column.Name)} is null, '~', {whole})";
        });
        var tail = KeysetSql.Tail(request, MySqlName.Quote, rowValues: false);
        return $"""
            select count(*), count(sluice_h), cast(coalesce(sum(cast(conv(substr(sluice_h, 1, 15), 16, 10) as unsigned)), 0) as char),
                cast(coalesce(sum(cast(conv(substr(sluice_h, 16, 15), 16, 10) as unsigned)), 0) as char), max(sluice_k)
            from (
                select {MySqlName.Quote(request.Order[0])} as sluice_k, md5(concat({string.Join(
                ", ",
                elements
            )})) as sluice_h
                from {MySqlName.Parse(request.Shape.Table).Quoted}{tail} limit @n
            ) as page
            """;
    }

    private (DigestForm Form, string Text)? Write(SourceColumn column)
    {
        var type = MySqlType.Parse(column.Declared ?? "");
        var name = MySqlName.Quote(column.Name);
        var isNatural = MySqlTypes.Find(type) == column.Type;
        return type.Family switch
        {
            // Added to nothing, a number loses the zeros that its column may show it with.
            MySqlFamily.Integer when column.Type.Kind != ColumnKind.Boolean && IsNumber(column.Type) => (
                DigestForm.Plain,
                $"{name} + 0"
            ),
            MySqlFamily.Bit when isNatural => (
                column.Type.Kind == ColumnKind.Boolean ? DigestForm.Flag : DigestForm.Plain,
                $"{name} + 0"
            ),
            MySqlFamily.Decimal when isNatural => (DigestForm.Plain, $"{name} + 0"),
            MySqlFamily.Float or MySqlFamily.Double when isNatural => (DigestForm.Digits, $"{name} + 0e0"),
            MySqlFamily.Text or MySqlFamily.Choice or MySqlFamily.Json when isNatural => (
                DigestForm.Text,
                $"convert({name} using utf8mb4)"
            ),
            MySqlFamily.Time or MySqlFamily.Address when isNatural => (
                DigestForm.Text,
                $"cast({name} as char character set utf8mb4)"
            ),
            MySqlFamily.Binary when isNatural => (DigestForm.Hex, $"lower(hex({name}))"),
            MySqlFamily.Date when isNatural => (DigestForm.Days, $"to_days({name}) - 719528"),
            MySqlFamily.Timestamp when isNatural => (DigestForm.Instant, Micros(name)),
            MySqlFamily.DateTime when isNatural => (
                definition.TimeZone is { } zone && zone.HasSameRules(TimeZoneInfo.Utc)
                    ? DigestForm.Instant
                    : DigestForm.WallClock,
                Micros(name)
            ),
            _ => null,
        };
    }

    private static string Micros(string name) => $"timestampdiff(microsecond, timestamp '2000-01-01 00:00:00', {name})";

    private static bool IsNumber(ColumnType type) =>
        type.Kind is ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long
        || type is { Kind: ColumnKind.Decimal, Scale: 0 };
}
