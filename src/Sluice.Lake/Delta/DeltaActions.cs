using System.Globalization;

namespace Sluice.Lake.Delta;

/// <summary>The actions that every kind of commit is made of.</summary>
internal static class DeltaActions
{
    private static readonly string Engine = $"Sluice/{typeof(DeltaActions).Assembly.GetName().Version!.ToString(3)}";

    /// <summary>Says what the commit is and how large.</summary>
    public static DeltaAction Info(
        string operation,
        Dictionary<string, string> parameters,
        IReadOnlyList<DeltaAdd> adds,
        IReadOnlyList<DeltaAdd> removed,
        long rows,
        long nowMillis
    ) =>
        new()
        {
            CommitInfo = new()
            {
                Timestamp = nowMillis,
                Operation = operation,
                OperationParameters = parameters,
                OperationMetrics = new Dictionary<string, string>
                {
                    ["numFiles"] = Number(adds.Count),
                    ["numRemovedFiles"] = Number(removed.Count),
                    ["numOutputRows"] = Number(rows),
                    ["numOutputBytes"] = Number(adds.Sum(file => file.Size)),
                },
                IsBlindAppend = false,
                EngineInfo = Engine,
            },
        };

    public static DeltaAction Txn(string application, long version, long nowMillis) =>
        new()
        {
            Txn = new()
            {
                AppId = application,
                Version = version,
                LastUpdated = nowMillis,
            },
        };

    /// <summary>Takes a file out of the table.</summary>
    /// <param name="file">As it was added.</param>
    /// <param name="nowMillis">When.</param>
    /// <param name="dataChange">False where its rows stay, in another file.</param>
    public static DeltaAction Remove(DeltaAdd file, long nowMillis, bool dataChange = true) =>
        new()
        {
            Remove = new()
            {
                Path = file.Path,
                DeletionTimestamp = nowMillis,
                DataChange = dataChange,
                ExtendedFileMetadata = true,
                PartitionValues = file.PartitionValues,
                Size = file.Size,
                Tags = file.Tags ?? new Dictionary<string, string>(),
            },
        };

    /// <summary>High watermarks: they never go down, whichever interval is loaded last.</summary>
    public static IEnumerable<DeltaAction> Watermarks(
        IReadOnlyDictionary<string, long> watermarks,
        DeltaState? state,
        long nowMillis
    ) =>
        watermarks.Select(mark =>
            Txn(mark.Key, Math.Max(mark.Value, state?.TransactionOf(mark.Key) ?? mark.Value), nowMillis)
        );

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
