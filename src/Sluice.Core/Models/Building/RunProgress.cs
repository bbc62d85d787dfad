using System.Collections.Concurrent;
using Sluice.Core.Builds;
using Sluice.Core.Models.Planning;
using Sluice.Core.Models.Resuming;
using Sluice.Core.Projects;
using Sluice.Core.Tables;

namespace Sluice.Core.Models.Building;

/// <summary>What a run has made so far, in this process and in others. Safe for many threads.</summary>
internal sealed class RunProgress
{
    private readonly ITableStore _store;
    private readonly ProjectDefinition _project;
    private readonly ModelPlan _plan;
    private readonly ConcurrentDictionary<string, BuiltModel> _built = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _journeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _outdated = new(StringComparer.Ordinal);

    public RunProgress(ITableStore store, ProjectDefinition project, ModelPlan plan, IModelingJournal journal)
    {
        (_store, _project, _plan, Journal) = (store, project, plan, journal);
        foreach (var planned in plan.Models.Where(planned => planned.Action == PlanAction.Keep))
        {
            _built[planned.Model.Name] = new(planned.Before!, planned.Record, planned.IsOfInterval);
        }
    }

    public IModelingJournal Journal { get; }

    /// <summary>The models that have a table, by their names.</summary>
    public IReadOnlyDictionary<string, BuiltModel> Built => _built;

    /// <summary>The indexes, by their event tables.</summary>
    public IReadOnlyDictionary<string, string> Journeys => _journeys;

    /// <summary>Takes over what other processes have made: it counts as long as it is what this one would make.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var notes = await Journal.ReadAsync(cancellationToken);
        foreach (var planned in _plan.Models.Where(planned => planned.IsOfRun))
        {
            if (notes.Models.TryGetValue(planned.Model.Name, out var note))
            {
                await TakeAsync(planned, note, cancellationToken);
            }
        }

        foreach (var (table, index) in notes.Indexes)
        {
            Keep(table, index);
        }
    }

    /// <summary>A model has its table.</summary>
    public async Task NoteAsync(PlannedModel planned, BuiltModel built, bool again, CancellationToken cancellationToken)
    {
        var name = planned.Model.Name;
        var note = new ModelNote(built.Snapshot.Pin, built.Record, built.Unchanged);
        _built[name] = built;
        // Where another process was faster, what reads the model may have read that one's version: it stays the run's.
        if (!await Journal.NoteAsync(name, note, again || _outdated.ContainsKey(name), cancellationToken))
        {
            await TakeAsync(planned, (await Journal.ReadAsync(cancellationToken)).Models[name], cancellationToken);
        }
    }

    /// <summary>An event table has its index; null where it can have none.</summary>
    public async Task NoteIndexAsync(string table, string? index, CancellationToken cancellationToken)
    {
        await Journal.NoteIndexAsync(table, index, cancellationToken);
        Keep(table, index);
    }

    /// <summary>
    /// Fails unless all of these are there. In one process tasks wait for each other; one that runs alone may come too early, or
    /// after what it reads was changed.
    /// </summary>
    public void ThrowUnlessBuilt(IEnumerable<string> models)
    {
        var left = new Queue<string>(models);
        while (left.TryDequeue(out var name))
        {
            if (_built.ContainsKey(name))
            {
                continue;
            }

            if (_plan.Of(name).Action != PlanAction.Inline)
            {
                var ds = Journal.Pins.Interval.Ds;
                throw new PipelineException(
                    _outdated.ContainsKey(name)
                        ? $"The model {name} has changed since the run for {ds} built it."
                        : $"The model {name} is not built yet in the run for {ds}."
                )
                {
                    Hint = "Run its task first, then those of the models that read it.",
                };
            }

            foreach (var read in _project.Models.Get(name).Refs)
            {
                left.Enqueue(read);
            }
        }
    }

    private async Task TakeAsync(PlannedModel planned, ModelNote note, CancellationToken cancellationToken)
    {
        var name = planned.Model.Name;
        var isSame = note.Record.Content == planned.Record.Content && note.Record.Checks == planned.Record.Checks;
        var table = isSame
            ? await BuildSnapshot.FindAsync(_store, TableId.Mart(name), note.Table, cancellationToken)
            : null;
        if (table is null)
        {
            _outdated[name] = true;
        }
        else
        {
            _built[name] = new(table, note.Record, note.Unchanged);
        }
    }

    private void Keep(string table, string? index)
    {
        if (index is null)
        {
            _journeys.TryRemove(table, out _);
        }
        else
        {
            _journeys[table] = index;
        }
    }
}
