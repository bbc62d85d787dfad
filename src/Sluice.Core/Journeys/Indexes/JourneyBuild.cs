using System.Globalization;
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

    /// <summary>Builds the index: as a layer on an older one where few users changed since, else from all events.</summary>
    /// <param name="source">What it is built from.</param>
    /// <param name="before">What the index that readers have now was built from; null where there is none.</param>
    /// <param name="progress">Told the number of events read; may be null.</param>
    /// <param name="cancellationToken">Stops the building; nothing appears then.</param>
    /// <exception cref="PipelineException">A statement failed, a user has several rows, or the disk is full.</exception>
    public async Task<JourneyOutcome> RunAsync(
        JourneySource source,
        JourneySource? before = null,
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
            note = damage.Message;
            store.Delete(id);
        }

        if (before is not null && before.Id != id)
        {
            var (outcome, reason) = await TryOverlayAsync(source, before, progress, cancellationToken);
            if (outcome is not null)
            {
                return outcome;
            }

            note ??= reason;
        }

        var full = await FullAsync(source, progress, cancellationToken);
        return note is null ? full : full with { Note = $"built anew: {note}" };
    }

    // That readers cannot use a damaged index is theirs to say; here it is no base to build on, nor are files that are gone.
    private async Task<(JourneyOutcome? Outcome, string? Reason)> TryOverlayAsync(
        JourneySource source,
        JourneySource before,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var old = await store.OpenAsync(before.Id, cancellationToken);
            return old is null
                ? (null, "the one before is gone")
                : await OverlayAsync(source, before, old, progress, cancellationToken);
        }
        catch (PipelineException failure)
        {
            return (null, failure.Message);
        }
    }

    private async Task<(JourneyOutcome? Outcome, string? Reason)> OverlayAsync(
        JourneySource source,
        JourneySource before,
        JourneyIndex old,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        await using var staging = store.Stage();
        var (overlay, reason) = await JourneyOverlay.PlanAsync(
            engine,
            columns,
            source,
            before,
            old,
            _options,
            staging.Folder,
            cancellationToken
        );
        if (overlay is null)
        {
            return (null, reason);
        }

        var (summary, names, properties, leftOut) = await JourneyReading.RunAsync(
            engine,
            source,
            old.Contents,
            cancellationToken
        );
        if (
            !properties
                .Select(property => property.Column.Name)
                .SequenceEqual(old.Contents.Properties.Select(property => property.Name))
        )
        {
            return (null, "other properties have too many values than before");
        }

        var writer = new JourneyWriter(staging, properties.Count, overlay.Layer, _options.ShardEvents);
        for (var part = 0; part < old.Parts.Count; part++)
        {
            await staging.KeepAsync(old, part, overlay.Superseded[part], cancellationToken);
        }

        await WriteAsync(overlay.Changed, names, properties, writer, progress, cancellationToken);
        ThrowUnlessAllCame(source, summary, overlay.EventsKept + writer.Events);
        var outcome = await PublishAsync(
            source,
            summary,
            names,
            properties,
            leftOut,
            staging,
            writer,
            cancellationToken
        );
        var note = string.Create(
            CultureInfo.InvariantCulture,
            $"written anew for {writer.Users:N0} of {overlay.UsersKept + writer.Users:N0} users"
        );
        return (outcome with { Note = note }, null);
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
        await WriteAsync(source, names, properties, writer, progress, cancellationToken);
        ThrowUnlessAllCame(source, summary, writer.Events);
        return await PublishAsync(source, summary, names, properties, leftOut, staging, writer, cancellationToken);
    }

    private static async Task<JourneyOutcome> PublishAsync(
        JourneySource source,
        JourneySummary summary,
        JourneyNames names,
        IReadOnlyList<(Column Column, JourneyCodes Codes)> properties,
        IReadOnlyList<JourneyLeftOut> leftOut,
        IJourneyStaging staging,
        JourneyWriter writer,
        CancellationToken cancellationToken
    )
    {
        var contents = new JourneyContents
        {
            Id = source.Id,
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

    private async Task WriteAsync(
        JourneySource source,
        JourneyNames names,
        IReadOnlyList<(Column Column, JourneyCodes Codes)> properties,
        JourneyWriter writer,
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
                    JourneySql.Users(source, properties.Select(property => property.Column)),
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
