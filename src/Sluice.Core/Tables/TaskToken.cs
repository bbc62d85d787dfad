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
    private const string ExtractPrefix = "sluice.extract:";
    private const string ModelPrefix = "sluice.model:";

    /// <summary>The application under which the rows that a source gave for an interval are written.</summary>
    public static string ExtractOf(DataInterval interval) => ExtractPrefix + interval.Id;

    /// <summary>The application under which a model's rows for an interval are written.</summary>
    public static string ModelOf(DataInterval interval) => ModelPrefix + interval.Id;

    /// <summary>A token for a writer whose rows may stand beside another's.</summary>
    public static TaskToken Unfenced(string application) => new(application, null);

    /// <summary>A token above every one in the table, for a writer that starts now.</summary>
    /// <param name="application">What the writer makes.</param>
    /// <param name="snapshot">The table as it is now; null where it does not exist yet.</param>
    public static TaskToken Next(string application, TableSnapshot? snapshot)
    {
        var greatest = 0L;
        foreach (var (name, version) in snapshot?.Transactions ?? new Dictionary<string, long>())
        {
            var isToken =
                name.StartsWith(ExtractPrefix, StringComparison.Ordinal)
                || name.StartsWith(ModelPrefix, StringComparison.Ordinal);
            greatest = isToken ? Math.Max(greatest, version) : greatest;
        }

        return new(application, greatest + 1);
    }

    /// <summary>The intervals whose rows the table has from its source, as <see cref="DataInterval.Id"/>.</summary>
    public static IEnumerable<string> ExtractedIntervals(TableSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return snapshot
            .Transactions.Where(txn => txn.Value > 0 && txn.Key.StartsWith(ExtractPrefix, StringComparison.Ordinal))
            .Select(txn => txn.Key[ExtractPrefix.Length..]);
    }
}
