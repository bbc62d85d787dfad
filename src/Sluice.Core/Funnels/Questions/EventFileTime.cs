using System.Globalization;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Questions;

/// <summary>
/// A way to read the time column of a file, as expressions over a row that has the column as <see cref="At"/> and, beside it,
/// <see cref="Shift"/> as <see cref="ShiftName"/>.
/// </summary>
/// <param name="Name">What the values are then, for messages.</param>
/// <param name="Micros">Microseconds since the epoch; of the wall clock where <paramref name="IsLocal"/>. Null for no time.</param>
/// <param name="IsLocal">Whether the value says no zone.</param>
internal sealed record EventFileTime(string Name, string Micros, string IsLocal)
{
    /// <summary>What expressions call the column.</summary>
    public const string At = "given";

    /// <summary>What expressions call the value of <see cref="Shift"/>.</summary>
    public const string ShiftName = "shift";

    private const string Date = @"\d{4}-\d{2}-\d{2}";
    private const string Clock = @"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d([.,]\d+)?)?";
    private const string Offset = @"([Zz]|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?";

    /// <summary>An expression over <see cref="At"/> that is worked out once for the others.</summary>
    public string Shift { get; init; } = "0";

    /// <summary>What must be true of a value for <see cref="Micros"/> to mean anything.</summary>
    public string Condition { get; init; } = "true";

    /// <summary>The rows of a table with <see cref="At"/>, <see cref="ShiftName"/> and more columns.</summary>
    /// <param name="ways">The ways in which the column is read; one of them at most has a shift.</param>
    /// <param name="column">The column, quoted.</param>
    /// <param name="more">The other columns, as a SELECT lists them.</param>
    /// <param name="table">The table, quoted.</param>
    public static string Rows(IEnumerable<EventFileTime> ways, string column, string more, string table)
    {
        var shift = ways.Select(way => way.Shift).FirstOrDefault(shift => shift != "0") ?? "0";
        // One SELECT in the other: what several expressions need is worked out once.
        return $"(select *, {shift} as {ShiftName} from (select {column} as {At}, {more} from {table}))";
    }

    /// <summary>Whether it counts seconds since 1970.</summary>
    public bool IsEpoch { get; init; }

    /// <summary><see cref="Micros"/> of a value that nobody has looked at yet: null where it is no time.</summary>
    public string Checked => Condition == "true" ? Micros : $"case when {Condition} then {Micros} end";

    /// <summary>The ways to read a column; the values decide which it is.</summary>
    /// <exception cref="DefinitionException">Its type is none of a time.</exception>
    public static IReadOnlyList<EventFileTime> Of(SqlFileColumn column) =>
        column.Type.Kind switch
        {
            ColumnKind.String => [Iso(), Epoch(At)],
            ColumnKind.Byte or ColumnKind.Short or ColumnKind.Integer or ColumnKind.Long or ColumnKind.Decimal =>
            [
                Epoch($"cast({At} as varchar)"),
            ],
            ColumnKind.Float or ColumnKind.Double => [Epoch($"cast(cast({At} as double) as varchar)")],
            ColumnKind.Date => [Typed($"cast({At} as timestamp)", "true")],
            ColumnKind.Timestamp => [Typed(At, column.IsLocalTime ? "true" : "false")],
            ColumnKind.Boolean or ColumnKind.Binary => throw new DefinitionException(
                $"The column '{column.Name}' is no time but {column.EngineType}.",
                "Write ISO 8601, such as 2015-05-01T12:30:00Z, or seconds since 1970."
            ),
        };

    /// <summary>Years 1 to 9999, as a condition.</summary>
    public static string InRange(string micros) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{micros} between {Sluice.Core.Time.Micros.FirstOfYear1} and {Sluice.Core.Time.Micros.LastOfYear9999}"
        );

    /// <summary>UTC from what was read.</summary>
    /// <param name="micros">The expression of <see cref="Micros"/>.</param>
    /// <param name="isLocal">The expression of <see cref="IsLocal"/>.</param>
    /// <param name="offsets">The zone's, as <see cref="LocalOffsets"/> gives them.</param>
    public static string Utc(
        string micros,
        string isLocal,
        IReadOnlyList<(long FromMicros, long OffsetMicros)> offsets
    ) =>
        offsets is [(_, 0)]
            ? micros
            : $"case when {isLocal} then {micros} - {OffsetAt(micros, offsets, 0, offsets.Count)} else {micros} end";

    // A binary search, written out.
    private static string OffsetAt(
        string micros,
        IReadOnlyList<(long FromMicros, long OffsetMicros)> offsets,
        int from,
        int to
    )
    {
        if (to - from == 1)
        {
            return string.Create(CultureInfo.InvariantCulture, $"({offsets[from].OffsetMicros})");
        }

        var middle = (from + to) / 2;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"case when {micros} < {offsets[middle].FromMicros} then {OffsetAt(micros, offsets, from, middle)} else {OffsetAt(micros, offsets, middle, to)} end"
        );
    }

    // The engine reads the local time, and the offset behind it is subtracted here: not all versions do it themselves. The
    // shift is the length of the offset: Z, +02, +0200 or +02:00.
    private static EventFileTime Iso()
    {
        const string Local = $"left({At}, length({At}) - {ShiftName})";
        return new(
            "ISO 8601",
            // Hardly anybody writes a small t or a comma, and to replace them takes longer than to read the time.
            $"epoch_us(try_cast(case when substr({At}, 11, 1) = 't' or contains({At}, ',') then upper(replace({Local}, ',', '.')) else {Local} end as timestamp))"
                + $" - case {ShiftName} when 0 then 0 when 1 then 0 when 3 then {Minutes(3)} else {Minutes(5)} end * 60000000",
            $"{ShiftName} = 0"
        )
        {
            Shift =
                $"case when length({At}) < 17 then 0 when right({At}, 1) in ('Z', 'z') then 1 when substr({At}, -6, 1) in ('+', '-') then 6 when substr({At}, -5, 1) in ('+', '-') then 5 when substr({At}, -3, 1) in ('+', '-') then 3 else 0 end",
            Condition = $"regexp_full_match({At}, {SqlIdentifier.Literal($"{Date}([Tt ]{Clock}{Offset})?")})",
        };
    }

    private static string Minutes(int shift)
    {
        var (hour, minute) = ($"cast(substr({At}, 1 - {ShiftName}, 2) as bigint)", $"cast(right({At}, 2) as bigint)");
        return $"case substr({At}, -{ShiftName}, 1) when '-' then -1 else 1 end * (60 * {hour}{(shift == 3 ? "" : $" + {minute}")})";
    }

    // Digit by digit: a binary number would not hold the microsecond. What is finer is cut off, toward the past.
    private static EventFileTime Epoch(string text)
    {
        var plain = SqlIdentifier.Literal(@"-?\d+(\.\d+)?");
        var exponent = SqlIdentifier.Literal(@"-?\d+(\.\d+)?[eE][+-]?\d+");
        return new(
            "seconds since 1970",
            $"case when regexp_full_match({text}, {plain}) then {Seconds(text)} when regexp_full_match({text}, {exponent}) then {Seconds($"cast(try_cast({text} as decimal(38,20)) as varchar)")} end",
            "false"
        )
        {
            IsEpoch = true,
            // No number has a minus at both places of a date, and to look for two takes less time than to match a pattern.
            Condition = $"not (substr({text}, 5, 1) = '-' and substr({text}, 8, 1) = '-')",
        };
    }

    private static string Seconds(string text)
    {
        var fraction = $"split_part({text}, '.', 2)";
        return $"try_cast(split_part({text}, '.', 1) || left(rpad({fraction}, 6, '0'), 6) as bigint) - case when starts_with({text}, '-') and regexp_matches(substr({fraction}, 7), '[1-9]') then 1 else 0 end";
    }

    private static EventFileTime Typed(string time, string isLocal) =>
        new("times", $"case when isfinite({time}) then epoch_us({time}) end", isLocal);
}
