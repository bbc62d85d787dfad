using System.Globalization;
using Sluice.Core;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Time;
using Sluice.Lake.Files;

namespace Sluice.Lake.Modeling;

/// <summary>Journals as folders of JSON files: <c>.sluice/modeling/DAG/INTERVAL/NUMBER</c>. The greatest number is the journal.</summary>
public sealed class FileModelingJournals : IModelingJournals
{
    private readonly LakeLayout _layout;
    private readonly TimeZoneInfo _zone;

    /// <summary>Opens the journals of a project; nothing is created before the first begins.</summary>
    /// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
    /// <param name="zone">The project's time zone.</param>
    public FileModelingJournals(string root, TimeZoneInfo zone) => (_layout, _zone) = (new LakeLayout(root), zone);

    /// <inheritdoc/>
    public async Task<IModelingJournal> BeginAsync(
        string dagId,
        DataInterval interval,
        Func<ModelingPins?, ModelingPins> draft,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var staging = StagingFolder.Create(_layout.Staging);
        while (true)
        {
            var before = await FindAsync(FolderOf(dagId, interval), cancellationToken);
            var pins = draft(before?.Pins);
            var journal = new FileModelingJournal(
                FolderOf(FolderOf(dagId, interval), (before?.Number ?? 0) + 1),
                StoredPins.Of(Guid.NewGuid().ToString("N"), pins),
                pins,
                _layout
            );
            Create(journal.Folder);
            if (!await journal.TryBeginAsync(staging.Path, cancellationToken))
            {
                continue;
            }

            var newest = await FindAsync(FolderOf(dagId, interval), cancellationToken);
            if (newest?.Id != journal.Id)
            {
                // Another one is the run's already: this one comes after it, if it may.
                Remove(journal);
                continue;
            }

            // Who is still at work for an older one fails when it notes what it did.
            foreach (var older in Numbers(FolderOf(dagId, interval)).Where(older => older < journal.Number))
            {
                Remove(FolderOf(dagId, interval), older);
            }

            return journal;
        }
    }

    /// <inheritdoc/>
    public async Task<IModelingJournal?> FindAsync(
        string dagId,
        DataInterval interval,
        CancellationToken cancellationToken = default
    ) => await FindAsync(FolderOf(dagId, interval), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IModelingJournal>> ListAsync(CancellationToken cancellationToken = default)
    {
        var journals = new List<IModelingJournal>();
        foreach (var folder in FoldersIn(_layout.Modeling).SelectMany(FoldersIn))
        {
            if (await FindAsync(folder, cancellationToken) is { } journal)
            {
                journals.Add(journal);
            }
        }

        return journals;
    }

    /// <inheritdoc/>
    public void Remove(IModelingJournal journal)
    {
        var own = (FileModelingJournal)journal;
        var interval = Path.GetDirectoryName(own.Folder)!;
        Remove(interval, own.Number);
        try
        {
            // Those that begin a journal make the folders anew.
            Directory.Delete(interval);
            Directory.Delete(Path.GetDirectoryName(interval)!);
        }
        catch (IOException)
        {
            // There is another one.
        }
    }

    private async Task<FileModelingJournal?> FindAsync(string interval, CancellationToken cancellationToken)
    {
        foreach (var number in Numbers(interval))
        {
            var folder = FolderOf(interval, number);
            // One without has not begun yet.
            if (
                await FileModelingJournal.ReadAsync(
                    FileModelingJournal.PinsOf(folder),
                    ModelingJson.Default.StoredPins,
                    cancellationToken
                ) is
                { } stored
            )
            {
                return new FileModelingJournal(folder, stored, stored.ToPins(_zone), _layout);
            }
        }

        return null;
    }

    // Away in one step, so that nobody finds half of it.
    private void Remove(string interval, long number)
    {
        using var grave = StagingFolder.Create(_layout.Staging);
        var folder = FolderOf(interval, number);
        try
        {
            AtomicFolder.TryPublish(folder, Path.Combine(grave.Path, Path.GetFileName(folder)));
        }
        catch (PipelineException) when (!Directory.Exists(folder))
        {
            // Somebody else has removed it.
        }
    }

    private static string FolderOf(string interval, long number) =>
        Path.Combine(interval, number.ToString("D20", CultureInfo.InvariantCulture));

    private string FolderOf(string dagId, DataInterval interval) =>
        Path.Combine(
            _layout.Modeling,
            LakeLayout.Encode(dagId),
            interval.Id.Replace(":", "", StringComparison.Ordinal).Replace("/", "_", StringComparison.Ordinal)
        );

    private static void Create(string folder)
    {
        try
        {
            DurableFolder.Create(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, folder);
        }
    }

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    // Newest first.
    private static IReadOnlyList<long> Numbers(string interval) =>
        [
            .. FoldersIn(interval)
                .Select(folder =>
                    long.TryParse(
                        Path.GetFileName(folder),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                        ? number
                        : 0
                )
                .Where(number => number > 0)
                .OrderDescending(),
        ];
}
