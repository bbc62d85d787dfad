using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Funnels.Questions;

/// <summary>What the columns of a user's file hold: all of its rows are looked at.</summary>
/// <param name="Rows">Events.</param>
/// <param name="WithTime">Events whose time is not empty.</param>
/// <param name="Dates">Times that are eight digits and a date of this or the last century: 20150501.</param>
/// <param name="Times">The ways to read the time, in their order.</param>
/// <param name="Types">The columns that the file calls texts, and what all their values are.</param>
internal sealed record EventFileProfile(
    long Rows,
    long WithTime,
    long Dates,
    IReadOnlyList<TimeCount> Times,
    IReadOnlyDictionary<string, ColumnType> Types
)
{
    private const int FirstTime = 5;
    private const string EightDigits = @"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])";

    /// <summary>The type that a column gets.</summary>
    public ColumnType TypeOf(SqlFileColumn column) => Types.GetValueOrDefault(column.Name, column.Type);

    public static async Task<EventFileProfile> ReadAsync(
        ISqlEngine engine,
        SqlRelation raw,
        EventTable columns,
        IReadOnlyList<EventFileTime> times,
        CancellationToken cancellationToken
    )
    {
        var untyped = raw.File!.Columns.Where(column => column.IsUntyped && !IsFixed(column.Name, columns)).ToList();
        await using var result = await engine.QueryAsync(
            new(Text(raw, columns, times, untyped), [raw]) { Subject = raw.File.Name },
            cancellationToken
        );
        await result.ReadAsync(cancellationToken);
        var row = result.Rows;
        var place = FirstTime;
        var counts = times
            .Select(time => new TimeCount(time, row.GetInt64(place++), OrNull(place++), OrNull(place++)))
            .ToList();
        var types = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (var column in untyped)
        {
            types[column.Name] = TypeOf(row.GetInt64(place), Holds(place + 1), Holds(place + 2), Holds(place + 3));
            place += 4;
        }

        foreach (var name in new[] { columns.User, columns.Event })
        {
            types[name] = ColumnKind.String;
        }

        if (columns.Time is { } known)
        {
            types[known] = ColumnKind.Timestamp;
        }

        return new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), counts, types);

        long? OrNull(int at) => row.IsDBNull(at) ? null : row.GetInt64(at);
        bool Holds(int at) => !row.IsDBNull(at) && row.GetBoolean(at);
    }

    private static bool IsFixed(string name, EventTable columns) =>
        name == columns.User || name == columns.Event || name == columns.Time;

    private static ColumnType TypeOf(long values, bool whole, bool number, bool truth) =>
        values == 0 ? ColumnKind.String
        : whole ? ColumnKind.Long
        : number ? ColumnKind.Double
        : truth ? ColumnKind.Boolean
        : ColumnKind.String;

    private static string Text(
        SqlRelation raw,
        EventTable columns,
        IReadOnlyList<EventFileTime> times,
        IReadOnlyList<SqlFileColumn> untyped
    )
    {
        // The user and the event are only looked at: what cannot be read in them is said here.
        var values = untyped
            .Select((column, i) => $"{SqlIdentifier.Quote(column.Name)} as {Name("value", i)}")
            .Prepend($"{SqlIdentifier.Quote(columns.User)} as who, {SqlIdentifier.Quote(columns.Event)} as what");
        var rows = EventFileTime.Rows(
            times,
            columns.Time is { } time ? SqlIdentifier.Quote(time) : "null",
            string.Join(", ", values),
            SqlIdentifier.Quote(raw.Table)
        );
        var read = times.Select(
            (way, i) => $", {way.Checked} as {Name("micros", i)}, {way.IsLocal} as {Name("is_local", i)}"
        );
        var counted = times
            .Select((_, i) => Counts(Name("micros", i), Name("is_local", i)))
            .Concat(untyped.Select((_, i) => Kinds(Name("value", i))));
        return $"""
            select count(*), count(time), count(*) filter (length(time) = 8 and regexp_full_match(time, {SqlIdentifier.Literal(
                EightDigits
            )})), count(who), count(what), {string.Join(", ", counted)}
            from (select *, nullif(cast({EventFileTime.At} as varchar), '') as time{string.Concat(read)} from {rows})
            """;
    }

    private static string Counts(string micros, string isLocal)
    {
        var read = EventFileTime.InRange(micros);
        return $"count(*) filter ({read}), min({micros}) filter ({isLocal} and {read}), max({micros}) filter ({isLocal} and {read})";
    }

    // What begins with no digit is found out without trying to read it as a number.
    private static string Kinds(string value)
    {
        var (whole, number) = (UntypedValue.IsWhole(value), UntypedValue.IsNumber(value));
        var digits = $"{value} >= '-' and {value} < ':'";
        return $"count({value}), bool_and(case when {value} is null then true when {digits} then {whole} else false end), "
            + $"bool_and(case when {value} is null then true when {digits} then case when {whole} then true else {number} end else false end), "
            + $"bool_and(case when {value} is null then true else {UntypedValue.IsTruth(value)} end)";
    }

    private static string Name(string kind, int place) => string.Create(CultureInfo.InvariantCulture, $"{kind}{place}");
}
