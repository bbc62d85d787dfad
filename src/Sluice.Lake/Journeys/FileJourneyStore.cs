using Sluice.Core;
using Sluice.Core.Journeys.Indexes;
using Sluice.Lake.Files;

namespace Sluice.Lake.Journeys;

/// <summary>Journeys indexes as folders of Arrow files, each published by one rename and never changed.</summary>
/// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
public sealed class FileJourneyStore(string root) : IJourneyStore
{
    private readonly LakeLayout _layout = new(root);

    /// <inheritdoc/>
    public async Task<JourneyIndex?> OpenAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!IsId(id))
        {
            return null;
        }

        var folder = Path.Combine(_layout.Journeys, id);
        try
        {
            return Open(
                id,
                folder,
                JourneyManifest.Read(
                    await File.ReadAllBytesAsync(Path.Combine(folder, JourneyManifest.FileName), cancellationToken)
                )
            );
        }
        catch (Exception gone)
            when (gone is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(folder))
        {
            return null;
        }
        catch (NewerJourneysException newer)
        {
            throw new PipelineException(
                $"The journeys index '{folder}' was written by a newer Sluice: it has format {newer.Format}, and this one knows {JourneySource.FormatVersion}.",
                newer
            )
            {
                Hint = "Update Sluice, or delete the folder: 'sluice run' builds it anew.",
            };
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            throw new PipelineException($"The journeys index '{folder}' is damaged: {damage.Message}", damage)
            {
                Hint = "Delete the folder: 'sluice run' builds it anew, and until then funnels are answered by SQL.",
            };
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<JourneyEntry> List() =>
        Directory.Exists(_layout.Journeys)
            ?
            [
                .. Directory
                    .EnumerateDirectories(_layout.Journeys)
                    .Where(folder => IsId(Path.GetFileName(folder)))
                    .Select(folder => new JourneyEntry(
                        Path.GetFileName(folder),
                        new DateTimeOffset(Directory.GetLastWriteTimeUtc(folder), TimeSpan.Zero)
                    )),
            ]
            : [];

    /// <inheritdoc/>
    public IJourneyStaging Stage() => new JourneyStaging(_layout);

    /// <inheritdoc/>
    public void Delete(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var folder = Path.Combine(_layout.Journeys, id);
        if (!IsId(id) || !Directory.Exists(folder))
        {
            return;
        }

        // It goes as a whole, as it came: nobody finds a part of it.
        using var staging = StagingFolder.Create(_layout.Staging);
        AtomicFolder.TryPublish(folder, Path.Combine(staging.Path, id));
    }

    private static bool IsId(string name) => name.Length > 0 && name.All(char.IsAsciiHexDigitLower);

    private static bool IsDamage(Exception failure) =>
        failure
            is IOException
                or InvalidDataException
                or ArgumentException
                or FormatException
                or OverflowException
                or InvalidOperationException
                or KeyNotFoundException
                or UnauthorizedAccessException;

    private static JourneyIndex Open(string id, string folder, StoredJourneys stored)
    {
        if (stored.Id != id)
        {
            throw new InvalidDataException($"It is the index {stored.Id}.");
        }

        var memory = new JourneyMemory(folder, stored.Parts);
        try
        {
            memory.Open();
            var parts = stored.Parts.Select(part =>
                JourneyFiles.Read(
                    memory[part.Events],
                    memory[part.Blocks],
                    memory[part.Users],
                    part.Superseded is { } superseded ? memory[superseded] : (ReadOnlyMemory<byte>?)null,
                    stored.Properties.Count,
                    part.Layer
                )
            );
            return new JourneyIndex(JourneyManifest.ToContents(stored), [.. parts], memory);
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }
}
