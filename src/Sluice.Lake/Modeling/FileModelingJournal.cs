using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sluice.Core;
using Sluice.Core.Models.Resuming;
using Sluice.Lake.Files;

namespace Sluice.Lake.Modeling;

/// <summary>A journal: a file for each entry, so that tasks that note something at once do not meet.</summary>
internal sealed class FileModelingJournal(string folder, StoredPins stored, ModelingPins pins, LakeLayout layout)
    : IModelingJournal
{
    private const string ModelPrefix = "model.";
    private const string IndexPrefix = "index.";
    private const string Extension = ".json";

    public string Folder => folder;

    public long Number => long.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);

    public string Id => stored.Id;

    public ModelingPins Pins => pins;

    private string PublishedFile => Path.Combine(folder, "published" + Extension);

    public static string PinsOf(string folder) => Path.Combine(folder, "pins" + Extension);

    /// <summary>Publishes the first entry.</summary>
    /// <returns>False when another run was faster: then the number is taken, or the folder was removed as older than that one's.</returns>
    public async Task<bool> TryBeginAsync(string staging, CancellationToken cancellationToken)
    {
        try
        {
            return await AtomicFile.TryCreateAsync(
                PinsOf(folder),
                JsonSerializer.SerializeToUtf8Bytes(stored, ModelingJson.Default.StoredPins),
                staging,
                cancellationToken
            );
        }
        catch (PipelineException) when (!Directory.Exists(folder))
        {
            return false;
        }
    }

    public async Task<ModelingNotes> ReadAsync(CancellationToken cancellationToken = default)
    {
        var models = new Dictionary<string, ModelNote>(StringComparer.Ordinal);
        var indexes = new Dictionary<string, string?>(StringComparer.Ordinal);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [];
        foreach (var file in files)
        {
            var name = LakeLayout.Decode(file)[..^Extension.Length];
            if (
                name.StartsWith(ModelPrefix, StringComparison.Ordinal)
                && await ReadAsync(file, ModelingJson.Default.StoredModel, cancellationToken) is { } model
            )
            {
                models[name[ModelPrefix.Length..]] = model.ToNote();
            }
            else if (
                name.StartsWith(IndexPrefix, StringComparison.Ordinal)
                && await ReadAsync(file, ModelingJson.Default.StoredIndex, cancellationToken) is { } index
            )
            {
                indexes[name[IndexPrefix.Length..]] = index.Index;
            }
        }

        return File.Exists(PinsOf(folder)) ? new(models, indexes, File.Exists(PublishedFile)) : throw Removed();
    }

    public Task<bool> NoteAsync(
        string model,
        ModelNote note,
        bool replaces = false,
        CancellationToken cancellationToken = default
    ) =>
        WriteAsync(
            FileOf(ModelPrefix, model),
            JsonSerializer.SerializeToUtf8Bytes(StoredModel.Of(note), ModelingJson.Default.StoredModel),
            replaces,
            cancellationToken
        );

    public Task NoteIndexAsync(string table, string? index, CancellationToken cancellationToken = default) =>
        WriteAsync(
            FileOf(IndexPrefix, table),
            JsonSerializer.SerializeToUtf8Bytes(new() { Index = index }, ModelingJson.Default.StoredIndex),
            replaces: true,
            cancellationToken
        );

    public Task NotePublishedAsync(CancellationToken cancellationToken = default) =>
        WriteAsync(PublishedFile, "{}"u8.ToArray(), replaces: false, cancellationToken);

    /// <summary>An entry; null where there is none.</summary>
    /// <exception cref="PipelineException">It is damaged.</exception>
    public static async Task<T?> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), type);
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException damage)
        {
            throw new PipelineException($"The journal file '{path}' cannot be read: {damage.Message}", damage)
            {
                Hint = "Delete its folder, and run the task that pins the inputs of the models again.",
            };
        }
    }

    private async Task<bool> WriteAsync(
        string path,
        ReadOnlyMemory<byte> content,
        bool replaces,
        CancellationToken cancellationToken
    )
    {
        await using var staging = StagingFolder.Create(layout.Staging);
        try
        {
            if (!replaces)
            {
                return await AtomicFile.TryCreateAsync(path, content, staging.Path, cancellationToken);
            }

            await AtomicFile.ReplaceAsync(path, content, staging.Path, cancellationToken);
            return true;
        }
        catch (PipelineException) when (!Directory.Exists(folder))
        {
            throw Removed();
        }
    }

    private string FileOf(string prefix, string name) =>
        Path.Combine(folder, LakeLayout.Encode(prefix + name + Extension));

    private PipelineException Removed() =>
        new(
            $"Another run has pinned the inputs of {pins.Interval.Ds} meanwhile, or a week has passed: nothing of this one is published."
        )
        {
            Hint = "The other run goes on by itself; else run the task that pins the inputs again, and those after it.",
        };
}
