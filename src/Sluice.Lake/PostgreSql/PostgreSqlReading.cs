namespace Sluice.Lake.PostgreSql;

/// <summary>How a column is read.</summary>
/// <param name="Wire">The form in which its values come.</param>
/// <param name="Cast">The type that the server casts them to first; null for none.</param>
internal readonly record struct PostgreSqlReading(WireKind Wire, string? Cast = null)
{
    /// <summary>Whether what comes can be written as a bound again.</summary>
    public bool IsExact =>
        Cast is null or "text"
        && Wire
            is WireKind.Int2
                or WireKind.Int4
                or WireKind.Int8
                or WireKind.Oid
                or WireKind.Text
                or WireKind.Uuid
                or WireKind.Date
                or WireKind.LocalTime
                or WireKind.Instant;
}
