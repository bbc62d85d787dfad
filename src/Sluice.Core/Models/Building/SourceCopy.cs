using Sluice.Core.Extraction;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Building;

/// <summary>Chooses the copy of a raw table that <c>source()</c> means in a run.</summary>
internal static class SourceCopy
{
    /// <summary>
    /// The copy of the run's own interval; of an import, which nobody repeats every night, the newest one up to it. Of a table of
    /// which models read all copies, the older ones, too.
    /// </summary>
    /// <exception cref="PipelineException">There is no such copy.</exception>
    public static SqlRelation Select(
        TableId table,
        TableSnapshot? snapshot,
        DataInterval interval,
        bool isImport,
        TimeZoneInfo zone,
        bool allCopies = false
    )
    {
        // An import is of a day; what is loaded for another interval is loaded by a task.
        var name = interval.NameIn(zone);
        var command =
            isImport ? $"sluice import FILE.csv --table {table.Name} --date {interval.Ds}"
            : name == interval.Ds ? $"sluice extract --date {name}"
            : $"sluice tasks run DAG TASK --interval {name}";
        var loaded = (
            snapshot is null ? [] : TaskToken.ExtractedIntervals(snapshot).Select(id => DataInterval.Parse(id, zone))
        )
            .OrderBy(copy => copy.Start)
            .ToList();
        var chosen = isImport
            ? loaded.LastOrDefault(copy => copy.End <= interval.End)
            : loaded.Find(copy => copy.Id == interval.Id);
        if (snapshot is null || chosen == default)
        {
            var others =
                loaded.Count == 0
                    ? ""
                    : $" It has {string.Join(", ", loaded.TakeLast(5).Select(copy => copy.NameIn(zone)))}.";
            throw new PipelineException($"The table {table} has no copy for {name}.{others}")
            {
                Hint = $"Run '{command}' first.",
            };
        }

        if (snapshot.Log is null && RawCommit.IsExpired(snapshot, chosen))
        {
            throw new PipelineException(
                $"The copy of {table} for {chosen.NameIn(zone)} was removed for its age (retain), or never had a row."
            )
            {
                Hint = $"Load it again, if the source still has it: {command}{(isImport ? "" : " --reextract")}.",
            };
        }

        // A log of changes has what the interval brought, and all before it.
        var files =
            snapshot.Log is null && !allCopies
                ? snapshot.Files.Where(file => file.Interval == chosen.Id)
                : snapshot.Files.Where(file => DataInterval.Parse(file.Interval, zone).End <= interval.End);
        return new SqlRelation(table, snapshot.Schema, [.. files]) { Log = snapshot.Log };
    }
}
