using System.Collections.Concurrent;
using Sluice.Core.Time;

namespace Sluice.Core.Models.Resuming;

/// <summary>The journals of runs that end with this process.</summary>
public sealed class MemoryModelingJournals : IModelingJournals
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string, string), Journal> _journals = [];
    private long _count;

    /// <inheritdoc/>
    public Task<IModelingJournal> BeginAsync(
        string dagId,
        DataInterval interval,
        Func<ModelingPins?, ModelingPins> draft,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(draft);
        lock (_lock)
        {
            var pins = draft(_journals.GetValueOrDefault((dagId, interval.Id))?.Pins);
            var journal = new Journal(FormattableString.Invariant($"memory {++_count}"), pins);
            _journals[(dagId, interval.Id)] = journal;
            return Task.FromResult<IModelingJournal>(journal);
        }
    }

    /// <inheritdoc/>
    public Task<IModelingJournal?> FindAsync(
        string dagId,
        DataInterval interval,
        CancellationToken cancellationToken = default
    )
    {
        lock (_lock)
        {
            return Task.FromResult<IModelingJournal?>(_journals.GetValueOrDefault((dagId, interval.Id)));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<IModelingJournal>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<IModelingJournal>>([.. _journals.Values]);
        }
    }

    /// <inheritdoc/>
    public void Remove(IModelingJournal journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        lock (_lock)
        {
            var key = (journal.Pins.DagId, journal.Pins.Interval.Id);
            if (_journals.GetValueOrDefault(key) == journal)
            {
                _journals.Remove(key);
            }
        }
    }

    private sealed class Journal(string id, ModelingPins pins) : IModelingJournal
    {
        private readonly ConcurrentDictionary<string, ModelNote> _models = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, string?> _indexes = new(StringComparer.Ordinal);
        private bool _isPublished;

        public string Id => id;

        public ModelingPins Pins => pins;

        public Task<ModelingNotes> ReadAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(new ModelingNotes(_models, _indexes, _isPublished));

        public Task<bool> NoteAsync(
            string model,
            ModelNote note,
            bool replaces = false,
            CancellationToken cancellationToken = default
        )
        {
            if (replaces)
            {
                _models[model] = note;
                return Task.FromResult(true);
            }

            return Task.FromResult(_models.TryAdd(model, note));
        }

        public Task NoteIndexAsync(string table, string? index, CancellationToken cancellationToken = default)
        {
            _indexes[table] = index;
            return Task.CompletedTask;
        }

        public Task NotePublishedAsync(CancellationToken cancellationToken = default)
        {
            _isPublished = true;
            return Task.CompletedTask;
        }
    }
}
