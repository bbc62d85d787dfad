using Sluice.Core.Time;

namespace Sluice.Core.Tables;

/// <summary>Proof of the right to write what one task makes for one interval; written with its rows, as a <c>txn</c> action.</summary>
/// <param name="Application">The task and the interval: the <c>appId</c>.</param>
/// <param name="Version">
/// The fencing token: a later holder's is greater. Above 0 in the log, the interval is done. Null takes the one after the log's,
/// and then no other writer is in the way.
/// </param>
public readonly record struct TaskToken(string Application, long? Version)
{
    /// <summary>The version in the log when the writer began: it is refused once the log has another. Null where that does not matter.</summary>
    public long? After { get; init; }

    private const string ExtractPrefix = "sluice.extract:";
    private const string ModelPrefix = "sluice.model:";

    /// <summary>The application that keeps the greatest token where a restore took the one that had it: tokens never restart.</summary>
    public const string Greatest = "sluice.token";

    /// <summary>The application under which the rows that a source gave for an interval are written.</summary>
    public static string ExtractOf(DataInterval interval) => ExtractPrefix + interval.Id;

    /// <summary>The application under which a model's rows for an interval are written.</summary>
    public static string ModelOf(DataInterval interval) => ModelPrefix + interval.Id;

    /// <summary>A token for a writer whose rows may stand beside another's.</summary>
    public static TaskToken Unfenced(string application) => new(application, null);

    /// <summary>The token of a writer that starts now.</summary>
    /// <param name="application">What the writer makes.</param>
    /// <param name="snapshot">The table as it is now; null where it does not exist yet.</param>
    /// <param name="own">The token that it was given; null takes one above every one in the table.</param>
    public static TaskToken Next(string application, TableSnapshot? snapshot, long? own = null) =>
        new(application, own ?? 1 + GreatestOf(snapshot?.Transactions ?? new Dictionary<string, long>()))
        {
            After = own is null ? null : snapshot?.Transactions.GetValueOrDefault(application) ?? 0,
        };

    /// <summary>The greatest token that was ever written; 0 where none was.</summary>
    public static long GreatestOf(IReadOnlyDictionary<string, long> transactions)
    {
        ArgumentNullException.ThrowIfNull(transactions);
        var greatest = 0L;
        foreach (var (name, version) in transactions)
        {
            var isToken = IsExtract(name) || name == Greatest || name.StartsWith(ModelPrefix, StringComparison.Ordinal);
            greatest = isToken ? Math.Max(greatest, version) : greatest;
        }

        return greatest;
    }

    /// <summary>Whether an application is the extract of an interval.</summary>
    public static bool IsExtract(string application)
    {
        ArgumentNullException.ThrowIfNull(application);
        return application.StartsWith(ExtractPrefix, StringComparison.Ordinal);
    }

    /// <summary>The intervals whose rows the table has from its source, as <see cref="DataInterval.Id"/>.</summary>
    public static IEnumerable<string> ExtractedIntervals(TableSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot
            .Transactions.Where(txn => txn.Value > 0 && IsExtract(txn.Key))
            .Select(txn => txn.Key[ExtractPrefix.Length..]);
    }
}
