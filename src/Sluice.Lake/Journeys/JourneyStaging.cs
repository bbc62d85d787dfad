using System.Globalization;
using Sluice.Core.Journeys.Indexes;
using Sluice.Lake.Files;

namespace Sluice.Lake.Journeys;

/// <summary>An index that is being written, in a staging folder until it is published.</summary>
internal sealed class JourneyStaging : IJourneyStaging
{
    private readonly LakeLayout _layout;
    private readonly StagingFolder _staging;
    private readonly string _index;
    private readonly List<StoredPart> _parts = [];
    private int _files;

    public JourneyStaging(LakeLayout layout)
    {
        _layout = layout;
        _staging = StagingFolder.Create(layout.Staging);
        _index = Path.Combine(_staging.Path, "index");
        Directory.CreateDirectory(_index);
        Directory.CreateDirectory(Folder);
    }

    public string Folder => Path.Combine(_staging.Path, "engine");

    public async Task AddAsync(JourneyPart part, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(part);
        var events = NewFile("events");
        await JourneyFiles.WriteEventsAsync(PathOf(events), part.Shard, cancellationToken);
        var blocks = NewFile("blocks");
        await JourneyFiles.WriteBlocksAsync(PathOf(blocks), part.Shard, cancellationToken);
        var users = NewFile("users");
        await JourneyFiles.WriteUsersAsync(PathOf(users), part, cancellationToken);
        var superseded = part.Superseded.IsEmpty
            ? null
            : await SupersededAsync(part.Keys.Places, part.Superseded, cancellationToken);
        _parts.Add(new(part.Layer, Stored(events), Stored(blocks), Stored(users), superseded));
    }

    public async Task KeepAsync(
        JourneyIndex from,
        int part,
        ReadOnlyMemory<byte> superseded,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(from);
        var memory =
            from.Memory as JourneyMemory ?? throw new ArgumentException("It is no index of this store.", nameof(from));
        var kept = memory.Parts[part];
        _parts.Add(
            new(
                kept.Layer,
                await KeepAsync(memory, kept.Events, "events", cancellationToken),
                await KeepAsync(memory, kept.Blocks, "blocks", cancellationToken),
                await KeepAsync(memory, kept.Users, "users", cancellationToken),
                superseded.IsEmpty
                    ? null
                    : await SupersededAsync(from.Parts[part].Keys.Places, superseded, cancellationToken)
            )
        );
    }

    public async Task<bool> PublishAsync(JourneyContents contents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        try
        {
            await using (
                var file = new FileStream(
                    PathOf(JourneyManifest.FileName),
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    bufferSize: 0
                )
            )
            {
                await file.WriteAsync(JourneyManifest.Write(contents, _parts), cancellationToken);
                file.Flush(flushToDisk: true);
            }

            DurableFolder.Sync(_index);
            DurableFolder.Create(_layout.Journeys);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, _layout.Journeys);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return AtomicFolder.TryPublish(_index, Path.Combine(_layout.Journeys, contents.Id));
    }

    public ValueTask DisposeAsync() => _staging.DisposeAsync();

    private string NewFile(string kind) => string.Create(CultureInfo.InvariantCulture, $"{_files++:D4}-{kind}.arrow");

    private string PathOf(string file) => Path.Combine(_index, file);

    private StoredFile Stored(string name)
    {
        var bytes = checked((int)new FileInfo(PathOf(name)).Length);
        using var file = MappedFile.Open(PathOf(name), bytes);
        return new(name, bytes, JourneyChecksum.Of([file.Memory])[0]);
    }

    private async Task<StoredFile> SupersededAsync(
        int places,
        ReadOnlyMemory<byte> bits,
        CancellationToken cancellationToken
    )
    {
        var name = NewFile("superseded");
        await JourneyFiles.WriteSupersededAsync(PathOf(name), places, bits, cancellationToken);
        return Stored(name);
    }

    // A second name for the same bytes: each index has all its files, and goes without regard to others.
    private async Task<StoredFile> KeepAsync(
        JourneyMemory memory,
        StoredFile file,
        string kind,
        CancellationToken cancellationToken
    )
    {
        var name = NewFile(kind);
        if (OperatingSystem.IsWindows() || AtomicFile.Link(Path.Combine(memory.Folder, file.Name), PathOf(name)) != 0)
        {
            // No such names here, or the index below has just been removed: its bytes are still mapped.
            await using var copy = new FileStream(PathOf(name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await copy.WriteAsync(memory[file], cancellationToken);
            copy.Flush(flushToDisk: true);
        }

        return file with
        {
            Name = name,
        };
    }
}
