using System.Globalization;
using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Lake.Sources;

namespace Sluice.Lake.PostgreSql;

/// <summary>Lets the server compute checksums of rows.</summary>
/// <param name="session">The session.</param>
/// <param name="definition">The source.</param>
/// <param name="guard">What failures mean.</param>
internal sealed class PostgreSqlDigests(NpgsqlConnection session, SourceDefinition definition, PostgreSqlGuard guard)
    : IRangeDigests
{
    private string? _table;
    private PostgreSqlRelation? _relation;
    private IReadOnlyList<PostgreSqlColumn> _columns = [];

    /// <summary>Keeps what the catalog said of the table.</summary>
    public void Learn(string table, PostgreSqlRelation relation, IReadOnlyList<PostgreSqlColumn> columns) =>
        (_table, _relation, _columns) = (table, relation, columns);

    public DigestForm? FormOf(SourceShape shape, SourceColumn column)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(column);
        return shape.Table == _table ? Write(column)?.Form : null;
    }

    public Task<RangeDigest> ReadAsync(PageRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var sql = Text(request);
        return guard.RunAsync(
            () =>
            {
                using var command = new NpgsqlCommand(sql, session);
                using var rows = command.ExecuteReader();
                rows.Read();
                var count = rows.GetInt64(0);
                return new RangeDigest(
                    count,
                    Int128.Parse(rows.GetString(2), CultureInfo.InvariantCulture),
                    Int128.Parse(rows.GetString(3), CultureInfo.InvariantCulture),
                    rows.IsDBNull(4) ? null : rows.GetInt64(4),
                    IsEnd: count < request.MaxRows,
                    IsComplete: rows.GetInt64(1) == count
                );
            },
            cancellationToken
        );
    }

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
            var whole = form == DigestForm.Text ? $"length({text}) || ':' || {text}" : $"{text} || ','";
            return $"coalesce({whole}, '~')";
        });
        var tail = KeysetSql.Tail(request, SqlIdentifier.Quote, rowValues: true);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            select count(*), count(sluice_h), coalesce(sum(('x' || substr(sluice_h, 1, 15))::bit(60)::bigint), 0)::text,
                coalesce(sum(('x' || substr(sluice_h, 16, 15))::bit(60)::bigint), 0)::text, max(sluice_k)
            from (
                select {SqlIdentifier.Quote(request.Order[0])}::bigint as sluice_k,
                    md5(convert_to({string.Join(" || ", elements)}, 'UTF8')) as sluice_h
                from {_relation!.Name.Quoted}{tail} limit {request.MaxRows}
            ) as page
            """
        );
    }

    // The text is null only where the value is.
    private (DigestForm Form, string Text)? Write(SourceColumn column)
    {
        var name = SqlIdentifier.Quote(column.Name);
        if (
            _columns.FirstOrDefault(known => known.Name == column.Name) is not { } known
            || PostgreSqlTypes.ReadingOf(known, column.Type) is not { } reading
        )
        {
            return null;
        }

        return reading switch
        {
            { Wire: WireKind.Text or WireKind.Uuid } when column.Type.Kind == ColumnKind.String => (
                DigestForm.Text,
                // A cast to text would take the blanks away.
                PostgreSqlTypes.IsPadded(known)
                    ? $"convert_from(bpcharsend({name}), 'UTF8')"
                    : $"{name}::text"
            ),
            { Wire: WireKind.Bool } => (DigestForm.Flag, $"{name}::int::text"),
            { Wire: WireKind.Int2 or WireKind.Int4 or WireKind.Int8 or WireKind.Oid, Cast: null } => (
                DigestForm.Plain,
                $"{name}::text"
            ),
            { Wire: WireKind.Numeric, Cast: null } when column.Type == PostgreSqlTypes.Find(known) => (
                DigestForm.Plain,
                $"{name}::text"
            ),
            { Wire: WireKind.Float4, Cast: null } => (DigestForm.Bits, Bits($"float4send({name})", 32)),
            { Wire: WireKind.Float8, Cast: null } => (DigestForm.Bits, Bits($"float8send({name})", 64)),
            { Wire: WireKind.Bytes } when column.Type.Kind == ColumnKind.Binary && !PostgreSqlTypes.IsUuid(known) => (
                DigestForm.Hex,
                $"encode({name}, 'hex')"
            ),
            { Wire: WireKind.Date } => (
                DigestForm.Days,
                $"case when isfinite({name}) then ({name} - date '1970-01-01')::text when {name} is not null then 'infinite' end"
            ),
            // The server's own count of microseconds, which its functions for people would divide and round.
            { Wire: WireKind.Instant } => (DigestForm.Instant, Integer($"timestamptz_send({name})")),
            { Wire: WireKind.LocalTime } => (
                definition.TimeZone is { } zone && zone.HasSameRules(TimeZoneInfo.Utc)
                    ? DigestForm.Instant
                    : DigestForm.WallClock,
                Integer($"timestamp_send({name})")
            ),
            _ => null,
        };
    }

    private static string Bits(string bytes, int bits) =>
        string.Create(CultureInfo.InvariantCulture, $"('x' || encode({bytes}, 'hex'))::bit({bits})::text");

    private static string Integer(string bytes) => $"('x' || encode({bytes}, 'hex'))::bit(64)::bigint::text";
}
