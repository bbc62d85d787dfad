using Sluice.Core.Sql;
using Sluice.Core.Tables;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>Builds the journeys index of an event table, unless it is there.</summary>
/// <param name="engine">Reads the table.</param>
/// <param name="columns">Reads its events, the same engine column by column.</param>
/// <param name="store">Where the index goes.</param>
/// <param name="options">How it is built.</param>
public sealed class JourneyBuild(
    ISqlEngine engine,
    ISqlColumnEngine columns,
    IJourneyStore store,
    JourneyOptions? options = null
)
{
    // Of the engine's memory: the events take most, and both are read at once.
    private const double ShareOfEvents = 0.65;
    private const double ShareOfUsers = 0.3;
    private const long EventsBetweenReports = 1_000_000;

    private readonly JourneyOptions _options = options ?? new();

    /// <summary>Builds the index: as an overlay where the table only grew, else from all events.</summary>
    /// <param name="source">What it is built from.</param>
    /// <param name="before">The index that readers have now; null where there is none.</param>
    /// <param name="progress">Told the number of events read; may be null.</param>
    /// <param name="cancellationToken">Stops the building; nothing appears then.</param>
    /// <exception cref="PipelineException">A statement failed, a user has several rows, or the disk is full.</exception>
    public async Task<JourneyOutcome> RunAsync(
        JourneySource source,
        string? before = null,
        IProgress<long>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(source);
        var id = source.Id;
        string? note = null;
        try
        {
            using var there = await store.OpenAsync(id, cancellationToken);
            if (there is not null)
            {
                return new(id, AlreadyDone: true, there.Contents.Summary.Events, 0);
            }
        }
        catch (PipelineException damage)
        {
            note = $"built anew: {damage.Message}";
            store.Delete(id);
        }

        using var old = before is null || before == id ? null : await OpenSoundAsync(before, cancellationToken);
        var overlay = old is null
            ? null
            : await JourneyOverlay.PlanAsync(columns, source, old, _options, cancellationToken);
        var outcome = overlay is null
            ? await FullAsync(source, progress, cancellationToken)
            : await OverlayAsync(source, overlay, progress, cancellationToken);
        return outcome with { Note = note ?? outcome.Note };
    }

    // A damaged index is no base to build on; that readers cannot use it is theirs to say.
    private async Task<JourneyIndex?> OpenSoundAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.OpenAsync(id, cancellationToken);
        }
        catch (PipelineException)
        {
            return null;
        }
    }

    private async Task<JourneyOutcome> FullAsync(
        JourneySource source,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var (summary, names, properties, leftOut) = await JourneyReading.RunAsync(
            engine,
            source,
            before: null,
            cancellationToken
        );
        await using var staging = store.Stage();
        var writer = new JourneyWriter(staging, properties.Count, layer: 0, _options.ShardEvents);
        await WriteAsync(source, names, properties, writer, null, progress, cancellationToken);
        ThrowUnlessAllCame(source, summary, writer.Events);
        var contents = new JourneyContents
        {
            Id = source.Id,
            Origin = source.Origin,
            Summary = summary,
            Names = names,
            Properties =
            [
                .. properties.Select(property => new JourneyProperty(property.Column.Name, property.Codes.Values)),
            ],
            LeftOut = leftOut,
        };
        var published = await staging.PublishAsync(contents, cancellationToken);
        return new(contents.Id, !published, summary.Events, writer.Events);
    }

    private async Task<JourneyOutcome> OverlayAsync(
        JourneySource source,
        JourneyOverlay overlay,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var before = overlay.Old.Contents;
        var (summary, names, properties, leftOut) = await JourneyReading.RunAsync(
            engine,
            overlay.Added,
            before.Names,
            cancellationToken
        );
        await using var staging = store.Stage();
        var writer = new JourneyWriter(staging, properties.Count, overlay.Layer, _options.ShardEvents);
        for (var part = 0; part < overlay.Old.Parts.Count; part++)
        {
            await staging.KeepAsync(overlay.Old, part, overlay.Superseded[part], cancellationToken);
        }

        await WriteAsync(overlay.Added, names, properties, writer, overlay, progress, cancellationToken);
        ThrowUnlessAllCame(source, summary, writer.Events - overlay.EventsTakenOver);
        var contents = new JourneyContents
        {
            Id = source.Id,
            Origin = source.Origin,
            Summary = before.Summary + summary,
            Names = names,
            Properties = before.Properties,
            LeftOut = leftOut,
        };
        var published = await staging.PublishAsync(contents, cancellationToken);
        return new(contents.Id, !published, contents.Summary.Events, summary.Events);
    }

    private async Task WriteAsync(
        JourneySource source,
        JourneyNames names,
        IReadOnlyList<(Column Column, JourneyCodes Codes)> properties,
        JourneyWriter writer,
        JourneyOverlay? overlay,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var withUsers = source.Users is not null && properties.Count > 0;
        await using var events = await columns.ReadColumnsAsync(
            JourneyReading.Query(source, JourneySql.Events(source, names), withUsers ? ShareOfEvents : 1),
            cancellationToken
        );
        await using var users = withUsers
            ? await columns.ReadColumnsAsync(
                JourneyReading.Query(
                    source,
                    JourneySql.Users(source, properties.Select(property => property.Column), overlay is not null),
                    ShareOfUsers
                ),
                cancellationToken
            )
            : null;
        var eventRows = new JourneyEventRows(events, source.HasIntegerUnits, cancellationToken);
        var userRows = users is null
            ? null
            : new JourneyUserRows(users, source, [.. properties.Select(property => property.Codes)], cancellationToken);
        var user = new JourneyBuffer(properties.Count);
        var reported = 0L;
        while (eventRows.TryRead(user))
        {
            userRows?.Read(user);
            overlay?.TakeOver(user);
            if (!writer.TryAdd(user))
            {
                await writer.FlushAsync(cancellationToken);
                writer.TryAdd(user);
            }

            if (writer.Events - reported >= EventsBetweenReports)
            {
                reported = writer.Events;
                progress?.Report(reported);
            }
        }

        await writer.FlushAsync(cancellationToken);
    }

    // Two statements read the same files: what they say must agree, or one of them is not what it is taken for.
    private static void ThrowUnlessAllCame(JourneySource source, JourneySummary summary, long events)
    {
        if (events != summary.Events)
        {
            throw new PipelineException(
                $"The journeys index of {source.Events.Table.Name} was given {events} events of {summary.Events}."
            );
        }
    }
}
