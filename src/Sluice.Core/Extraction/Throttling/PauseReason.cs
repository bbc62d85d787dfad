using System.Globalization;

namespace Sluice.Core.Extraction.Throttling;

/// <summary>Why nothing is read.</summary>
/// <param name="Kind">The setting that says so; few values, for metrics.</param>
/// <param name="Text">The measured value and the allowed one, for people.</param>
internal sealed record PauseReason(string Kind, string Text)
{
    /// <summary>The first condition that holds; null where none does. What was not measured holds nothing up.</summary>
    public static PauseReason? First(ThrottleSettings settings, bool isFlagged, double? query, SourceLoad? load)
    {
        if (isFlagged)
        {
            return new("flag_file", $"the flag file '{settings.FlagFile}' is there");
        }

        if (query > 0)
        {
            return new("throttle_query", Invariant($"throttle_query gives {query:0.###}"));
        }

        if (load?.RunningThreads > settings.CriticalRunningThreads)
        {
            return new(
                "critical_running_threads",
                Invariant($"{load.RunningThreads} statements run, {settings.CriticalRunningThreads} are critical")
            );
        }

        if (load?.RunningThreads > settings.MaxRunningThreads)
        {
            return new(
                "max_running_threads",
                Invariant($"{load.RunningThreads} statements run, {settings.MaxRunningThreads} are allowed")
            );
        }

        if (load?.ReplicaLag > settings.MaxReplicaLag)
        {
            return new(
                "max_replica_lag",
                Invariant(
                    $"the replica is {load.ReplicaLag.Value.TotalSeconds:0.#} s behind, {settings.MaxReplicaLag.Value.TotalSeconds:0.#} s are allowed"
                )
            );
        }

        return null;
    }

    /// <summary>The hours that forbid to read.</summary>
    public static PauseReason Until(DateTimeOffset opens) =>
        new("hours", Invariant($"outside of its hours, until {opens:yyyy-MM-dd HH:mm zzz}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
