using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Reads events straight from a file, with no project around it. Thread safe.</summary>
/// <remarks>
/// The file has a column for whose event it is, one for its name and one for its time; all others are properties. An event
/// with an empty user belongs to nobody, one with an empty time has none: the answer says how many there are.
/// </remarks>
/// <param name="engine">Reads the file.</param>
public sealed class EventFileSource(ISqlEngine engine)
{
    private static readonly EventTable Usual = new() { Time = "time" };

    /// <summary>Reads the whole file once, to find out what its columns hold.</summary>
    /// <param name="path">CSV, JSON lines or Parquet.</param>
    /// <param name="columns">Which column means what; null for <c>user_id</c>, <c>event</c> and <c>time</c>.</param>
    /// <param name="zone">The zone of times that say none; also that of dates and periods.</param>
    /// <param name="asksTimes">Whether the funnel needs times; else the file may have no column of them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DefinitionException">The file lacks a column, or two have one name.</exception>
    /// <exception cref="PipelineException">The file is not there, is damaged, has no events, or a time is none.</exception>
    public async Task<FunnelSource> OpenAsync(
        string path,
        EventTable? columns,
        TimeZoneInfo zone,
        bool asksTimes = true,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(zone);
        var file = await engine.InspectAsync(path, cancellationToken);
        var found = EventFileColumns.Find(file, columns ?? Usual, asksTimes);
        var table = TableId.Mart(Path.GetFileName(file.Path));
        var raw = SqlRelation.Of(table, new(file.Columns.Select(column => new Column(column.Name, column.Type))), file);
        var times = found.Time is null
            ? []
            : EventFileTime.Of(file.Columns.Single(column => column.Name == found.Time));
        var profile = await EventFileProfile.ReadAsync(engine, raw, found, times, cancellationToken);
        if (profile.Rows == 0)
        {
            throw new PipelineException($"The file '{file.Name}' has columns and no events.");
        }

        var time = await TimeAsync(raw, found, profile, cancellationToken);
        var offsets = OffsetsOf(file, time, zone);
        return new()
        {
            Events =
            [
                new(
                    SqlRelation.Of(
                        table,
                        new(file.Columns.Select(column => new Column(column.Name, profile.TypeOf(column)))),
                        file with
                        {
                            Query = EventFileQuery.Text(file, found, profile, time?.Time, offsets),
                        }
                    ),
                    found
                ),
            ],
            Zone = zone,
            Provenance = new() { File = file.Name },
        };
    }

    private async Task<TimeCount?> TimeAsync(
        SqlRelation raw,
        EventTable columns,
        EventFileProfile profile,
        CancellationToken cancellationToken
    )
    {
        // All values decide together what the column is: a single one could be read in several ways.
        if (profile.Times.MaxBy(time => time.Read) is not { } best)
        {
            return null;
        }

        if (best.Read == profile.WithTime && (!best.Time.IsEpoch || best.Read == 0 || profile.Dates < best.Read))
        {
            return best;
        }

        throw await BadTimes.ReadAsync(
            engine,
            raw,
            columns.Time!,
            best,
            best.Read < profile.WithTime,
            cancellationToken
        );
    }

    private static IReadOnlyList<(long FromMicros, long OffsetMicros)> OffsetsOf(
        SqlFile file,
        TimeCount? time,
        TimeZoneInfo zone
    )
    {
        if (time is not { FirstLocal: { } first, LastLocal: { } last })
        {
            return [(0, 0)];
        }

        foreach (var local in new[] { first, last })
        {
            if (LocalTime.ToUtc(local, zone) is < Micros.FirstOfYear1 or > Micros.LastOfYear9999)
            {
                throw new PipelineException(
                    $"{file.Name}: a time of the zone {zone.Id} lies outside of the years 1 to 9999 in UTC."
                )
                {
                    Hint = "Leave the time empty where it is not known.",
                };
            }
        }

        return LocalOffsets.Between(first, last, zone);
    }
}
