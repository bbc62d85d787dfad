using Sluice.Core.Scheduling.Runs;

namespace Sluice.Core.Scheduling.Store;

/// <summary>What of a run is not yet as the store has it.</summary>
/// <param name="IsOfRun">Whether something of the run itself differs.</param>
/// <param name="Tasks">The tasks that differ, as they are to be.</param>
/// <param name="Gone">The tasks that the run no longer has.</param>
public sealed record RunDifference(
    bool IsOfRun,
    IReadOnlyList<KeyValuePair<string, TaskInstance>> Tasks,
    IReadOnlyList<string> Gone
)
{
    private const char NullSymbol = '\u2400';

    /// <summary>Whether nothing has to be written.</summary>
    public bool IsNone => !IsOfRun && Tasks.Count == 0 && Gone.Count == 0;

    /// <summary>Compares a run with what is stored of it.</summary>
    /// <param name="stored">What is stored; null for nothing.</param>
    /// <param name="run">The run.</param>
    public static RunDifference Of(DagRun? stored, DagRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return stored is null
            ? new(true, [.. run.Tasks], [])
            : new(
                !IsSame(stored, run),
                [.. run.Tasks.Where(task => stored.Tasks.GetValueOrDefault(task.Key) != task.Value)],
                [.. stored.Tasks.Keys.Where(id => !run.Tasks.ContainsKey(id))]
            );
    }

    /// <summary>A run as every store can keep it: what a database refuses in a text is replaced by what shows that it was there.</summary>
    /// <remarks>Reasons are what others have said, and parameters what someone wrote: NUL or half a surrogate pair may be in them.</remarks>
    public static DagRun Storable(DagRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var kept = run.Params.All(pair => IsStorable(pair.Key) && IsStorable(pair.Value))
            ? run
            : run with
            {
                Params = run.Params.ToDictionary(
                    pair => Storable(pair.Key),
                    pair => Storable(pair.Value),
                    StringComparer.Ordinal
                ),
            };
        return kept.Tasks.Values.All(task => IsStorable(task.Reason))
            ? kept
            : kept.With(
                kept.Tasks.Where(task => !IsStorable(task.Value.Reason))
                    .Select(task =>
                        KeyValuePair.Create(task.Key, task.Value with { Reason = Storable(task.Value.Reason!) })
                    )
            );
    }

    // The equality of records does not look into dictionaries.
    private static bool IsSame(DagRun stored, DagRun run) =>
        stored with { Params = run.Params, Tasks = run.Tasks } == run
        && stored.Params.Count == run.Params.Count
        && run.Params.All(pair =>
            stored.Params.TryGetValue(pair.Key, out var value)
            && string.Equals(value, pair.Value, StringComparison.Ordinal)
        );

    private static bool IsStorable(string? text) =>
        text is null || (!text.Contains('\0', StringComparison.Ordinal) && !HasHalfPair(text));

    private static bool HasHalfPair(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }

    private static string Storable(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.ToString())) // runes replace half pairs by U+FFFD
            .Replace('\0', NullSymbol);
}
