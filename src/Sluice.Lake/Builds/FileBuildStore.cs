using System.Globalization;
using System.Text.Json;
using Sluice.Core;
using Sluice.Core.Builds;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Lake.Files;

namespace Sluice.Lake.Builds;

/// <summary>Builds as numbered JSON files, each created once and never changed.</summary>
public sealed class FileBuildStore : IBuildStore
{
    private readonly LakeLayout _layout;
    private readonly TimeZoneInfo _zone;

    /// <summary>Opens the builds of a project; nothing is created before the first is published.</summary>
    /// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
    /// <param name="zone">The project's time zone.</param>
    public FileBuildStore(string root, TimeZoneInfo zone) => (_layout, _zone) = (new LakeLayout(root), zone);

    /// <inheritdoc/>
    public IReadOnlyList<long> ListNewestFirst() =>
        Directory.Exists(_layout.Builds)
            ?
            [
                .. Directory
                    .EnumerateFiles(_layout.Builds, "*.json")
                    .Select(file =>
                        long.TryParse(
                            Path.GetFileNameWithoutExtension(file),
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out var number
                        )
                            ? number
                            : 0
                    )
                    .Where(number => number > 0)
                    .OrderDescending(),
            ]
            : [];

    /// <inheritdoc/>
    public async Task<Build> ReadAsync(long number, CancellationToken cancellationToken = default)
    {
        var path = FileOf(number);
        try
        {
            var stored = JsonSerializer.Deserialize(
                await File.ReadAllBytesAsync(path, cancellationToken),
                BuildJson.Default.StoredBuild
            )!;
            return new Build
            {
                Number = number,
                CreatedAt = stored.CreatedAt,
                Interval = DataInterval.Parse(stored.Interval, _zone),
                Promoted = stored.Promoted,
                Tables = stored.Tables.ToDictionary(
                    table => TableId.Parse(table.Key),
                    table => table.Value.ToVersion()
                ),
                Models = stored.Models,
                Journeys = stored.Journeys ?? new Dictionary<string, string>(),
                Token = stored.Token,
                Journal = stored.Journal,
            };
        }
        catch (Exception damage)
            when (damage is JsonException or FormatException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"The build file '{path}' cannot be read: {damage.Message}", damage)
            {
                Hint = "Delete it: 'sluice run' publishes a new build from the lake.",
            };
        }
    }

    /// <inheritdoc/>
    public async Task<Build?> PublishAsync(
        Func<long, CancellationToken, Task<Build?>> draft,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(draft);
        await using var staging = StagingFolder.Create(_layout.Staging);
        try
        {
            DurableFolder.Create(_layout.Builds);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, _layout.Builds);
        }

        while (true)
        {
            var number = ListNewestFirst() is [var newest, ..] ? newest + 1 : 1;
            if (await draft(number, cancellationToken) is not { } build)
            {
                return null;
            }

            var content = JsonSerializer.SerializeToUtf8Bytes(StoredBuild.Of(build), BuildJson.Default.StoredBuild);
            if (await AtomicFile.TryCreateAsync(FileOf(number), content, staging.Path, cancellationToken))
            {
                return build;
            }
        }
    }

    private string FileOf(long number) =>
        Path.Combine(_layout.Builds, number.ToString("D20", CultureInfo.InvariantCulture) + ".json");
}
