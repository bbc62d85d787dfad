using Sluice.Core.Builds;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Tables;

namespace Sluice.Core.Pipelines;

/// <summary>The fencing tokens that a lake has seen.</summary>
public static class LakeTokens
{
    /// <summary>The greatest of all tables, builds and journals, 0 where there is none: who draws tokens anew begins above it.</summary>
    /// <exception cref="PipelineException">A log, a build file or a journal is damaged: then nobody knows.</exception>
    public static async Task<long> GreatestAsync(
        ITableStore tables,
        IBuildStore builds,
        IModelingJournals journals,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(builds);
        ArgumentNullException.ThrowIfNull(journals);
        var greatest = 0L;
        foreach (var table in tables.List())
        {
            var snapshot = await tables.ReadAsync(table, cancellationToken: cancellationToken);
            greatest = Math.Max(greatest, TaskToken.GreatestOf(snapshot!.Transactions));
        }

        foreach (var number in builds.ListNewestFirst())
        {
            greatest = Math.Max(greatest, (await builds.ReadAsync(number, cancellationToken)).Token);
        }

        foreach (var journal in await journals.ListAsync(cancellationToken))
        {
            greatest = Math.Max(greatest, journal.Pins.Token);
        }

        return greatest;
    }
}
