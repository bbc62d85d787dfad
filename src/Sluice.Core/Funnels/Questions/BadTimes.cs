using System.Globalization;
using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Says which times of a user's file are none, and what to write instead.</summary>
internal static class BadTimes
{
    private const long LastSecond = 253_402_300_799;
    private const int LongestShown = 60;

    /// <summary>What to throw.</summary>
    /// <param name="engine">Reads the file again.</param>
    /// <param name="raw">The file.</param>
    /// <param name="column">The column of the time.</param>
    /// <param name="best">How most values can be read.</param>
    /// <param name="some">Whether some cannot; else all can, and are meant otherwise.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<PipelineException> ReadAsync(
        ISqlEngine engine,
        SqlRelation raw,
        string column,
        TimeCount best,
        bool some,
        CancellationToken cancellationToken
    )
    {
        var time = best.Time;
        var file = raw.File!;
        await using var result = await engine.QueryAsync(
            new(Text(raw, column, time, some), [raw]) { Subject = file.Name },
            cancellationToken
        );
        await result.ReadAsync(cancellationToken);
        var (count, row, value) = (result.Rows.GetInt64(0), result.Rows.GetInt64(1), result.Rows.GetString(2));
        var where = engine.FindLine(file, row) is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{line}")
            : string.Create(CultureInfo.InvariantCulture, $"{file.Name}: row {row}");
        var shown = value.Length <= LongestShown ? value : $"{value[..LongestShown]}…";
        var what = some ? "no time" : "no time but a date";
        return new(
            count == 1
                ? $"{where}: the column '{column}' has a value that is {what}: '{shown}'."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{where}: the column '{column}' has {count} values that are {what}; the first is '{shown}'."
                )
        )
        {
            Hint = some ? HintFor(value, best) : $"Write the date as {value[..4]}-{value[4..6]}-{value[6..]}.",
        };
    }

    private static string Text(SqlRelation raw, string column, EventFileTime time, bool some) =>
        $"""
            select count(*), min(row), arg_min(value, row)
            from (
              select row, nullif(cast({EventFileTime.At} as varchar), '') as value, {time.Checked} as micros
              from {EventFileTime.Rows(
                [time],
                SqlIdentifier.Quote(column),
                "row_number() over () as row",
                SqlIdentifier.Quote(raw.Table)
            )}
            )
            where value is not null and {(some ? $"({EventFileTime.InRange("micros")}) is not true" : "true")}
            """;

    private static string HintFor(string value, TimeCount best)
    {
        var number =
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && double.IsFinite(seconds);
        return number && Math.Abs(seconds) > LastSecond
                ? "Numbers are seconds since 1970, and this looks like a smaller unit: divide it by 1000 for milliseconds."
            : best.Read > 0 && number != best.Time.IsEpoch && (number || (value.Length >= 10 && value[4] == '-'))
                ? $"The others are {best.Time.Name}: write all alike."
            : "Write 2015-05-01T12:30:00Z, 2015-05-01 or seconds since 1970, such as 1430481600.25; leave it empty where it is not known.";
    }
}
