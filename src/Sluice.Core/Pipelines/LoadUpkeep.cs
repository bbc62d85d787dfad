using System.Globalization;
using Sluice.Core.Extraction;
using Sluice.Core.Projects;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Core.Upkeep;

namespace Sluice.Core.Pipelines;

/// <summary>What is done to a table right after a load: small files are joined, old copies go. The load stays, whatever becomes of it.</summary>
internal sealed class LoadUpkeep(ProjectDefinition project, ITableStore store)
{
    /// <summary>Does it.</summary>
    /// <returns>What is worth a word; null where nothing is.</returns>
    public async Task<string?> RunAsync(
        string source,
        SourceTable table,
        DataInterval interval,
        CancellationToken cancellationToken
    )
    {
        var target = TableId.Raw(source, table.Name);
        try
        {
            var joined = await new TableCompaction(store).RunAfterLoadAsync(target, interval, cancellationToken);
            var removed = table.Retain is { } retain
                ? await RetainAsync(table, target, retain, interval, cancellationToken)
                : null;
            return joined is null ? removed : string.Join("; ", new[] { Words(joined), removed }.OfType<string>());
        }
        catch (TableConflictException)
        {
            // Another writer is at the same files: the next load finds them again.
            return null;
        }
        catch (PipelineException failure)
        {
            return $"loaded, but its upkeep failed: {failure.Message}";
        }
    }

    private async Task<string?> RetainAsync(
        SourceTable table,
        TableId target,
        TimeSpan retain,
        DataInterval interval,
        CancellationToken cancellationToken
    )
    {
        if (project.TablesOfAllCopies.Contains(target) && !table.RetainIsForced)
        {
            return "retain is not applied: models read all its copies (force_retain: true applies it)";
        }

        var days = await new TableRetention(store, project.TimeZone).RunAsync(
            target,
            retain,
            interval,
            cancellationToken
        );
        return days.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{days.Count} old {(days.Count == 1 ? "copy" : "copies")} removed, up to {days[^1]:yyyy-MM-dd}"
            );
    }

    private static string Words(CompactionOutcome joined) =>
        string.Create(CultureInfo.InvariantCulture, $"{joined.Joined} part files joined into {joined.Made}");
}
