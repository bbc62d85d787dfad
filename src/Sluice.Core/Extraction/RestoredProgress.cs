using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>What a table says of its loads after it was set back to an older version.</summary>
public static class RestoredProgress
{
    /// <summary>The application that keeps the version of the last restore: whoever read an older one may not commit.</summary>
    public const string Application = "sluice.restored";

    /// <summary>The value of a watermark that the older version did not have.</summary>
    public const long Never = long.MinValue;

    /// <summary>What to record, by application: intervals that the older version lacks are open again, and highs go back.</summary>
    /// <param name="then">What the older version says.</param>
    /// <param name="now">What the newest one says.</param>
    /// <param name="version">The version that the restore makes.</param>
    public static IReadOnlyDictionary<string, long> Of(
        IReadOnlyDictionary<string, long> then,
        IReadOnlyDictionary<string, long> now,
        long version
    )
    {
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(now);
        var changes = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            [Application] = version,
            [TaskToken.Greatest] = TaskToken.GreatestOf(now),
        };
        foreach (var (application, value) in now)
        {
            if (TaskToken.IsExtract(application))
            {
                // Done in both: the newer token stays. Done then and undone since: done again.
                var before = then.GetValueOrDefault(application);
                if (value > 0 != before > 0)
                {
                    changes[application] = before;
                }
            }
            else if (RawCommit.IsWatermark(application) && then.GetValueOrDefault(application, Never) != value)
            {
                changes[application] = then.GetValueOrDefault(application, Never);
            }
        }

        return changes;
    }
}
