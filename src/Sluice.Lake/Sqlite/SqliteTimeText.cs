using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Lake.Sqlite;

/// <summary>How a column writes its times as text. SQLite compares texts: that is by time only where all are written alike.</summary>
/// <param name="Separator">What stands between date and time.</param>
/// <param name="IsUtc">Whether they say that they are UTC; else they mean the source's zone.</param>
internal sealed partial record SqliteTimeText(char Separator, bool IsUtc)
{
    /// <summary>The way that the least and the greatest value are written; the usual one where there are none.</summary>
    /// <exception cref="PipelineException">They are written in two ways, or in one that does not sort by time.</exception>
    public static SqliteTimeText Of(SourceColumn cursor, string? least, string? greatest)
    {
        var forms = new[] { least, greatest }.OfType<string>().Select(text => Read(cursor, text)).Distinct().ToList();
        return forms.Count switch
        {
            0 => new(' ', IsUtc: false),
            1 => forms[0],
            _ => throw Wrong(cursor, "its times are not all written alike"),
        };
    }

    /// <summary>The literal that a bound at an instant is: without fraction and offset where it can be, it sorts before all texts of that second.</summary>
    public string Literal(SourceColumn cursor, long micros, TimeZoneInfo? zone)
    {
        var instant = Micros.ToInstant(micros);
        var shown = IsUtc
            ? instant
            : TimeZoneInfo.ConvertTime(
                instant,
                zone
                    ?? throw new PipelineException($"The cursor '{cursor.Name}' has times without an offset from UTC.")
                    {
                        Hint = "Say what they mean: timezone: UTC (or another) under the source in sluice.yaml.",
                    }
            );
        var format =
            cursor.Type.Kind == ColumnKind.Date ? "yyyy-MM-dd"
            : shown.Ticks % TimeSpan.TicksPerSecond == 0 ? $"yyyy-MM-dd'{Separator}'HH:mm:ss"
            : $"yyyy-MM-dd'{Separator}'HH:mm:ss.ffffff";
        return SqlIdentifier.Literal(shown.ToString(format, CultureInfo.InvariantCulture));
    }

    private static SqliteTimeText Read(SourceColumn cursor, string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            throw Wrong(cursor, "it holds texts that are no times (ISO 8601)");
        }

        var offset = match.Groups["offset"].Value;
        return offset is "" or "Z" or "+00:00"
            ? new(match.Groups["separator"].Success ? match.Groups["separator"].Value[0] : ' ', offset.Length > 0)
            : throw Wrong(cursor, "its times have offsets from UTC, and do not sort by time");
    }

    private static PipelineException Wrong(SourceColumn cursor, string why) =>
        new($"The column '{cursor.Name}' cannot be a cursor: {why}.")
        {
            Hint = "Use a growing integer as the cursor, write all times in one form, or load the table as a snapshot.",
        };

    [GeneratedRegex(
        @"\A\d{4}-\d\d-\d\d(?:(?<separator>[ T])\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?<offset>Z|[+-]\d\d:?\d\d)?)?\z",
        RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Form();
}
