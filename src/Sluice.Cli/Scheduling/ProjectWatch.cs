using Sluice.Core;
using Sluice.Core.Scheduling.Service;

namespace Sluice.Cli.Scheduling;

/// <summary>The project of a scheduler, which is read again when its files change.</summary>
/// <param name="first">The project as it was when the scheduler began.</param>
internal sealed class ProjectWatch(Composition first)
{
    private string _stamp = first.Stamp();
    private DefinitionException? _wrong;

    /// <summary>The project as it was last right.</summary>
    public Composition Current { get; private set; } = first;

    /// <summary>What its files looked like when they were last read.</summary>
    public string Stamp => Volatile.Read(ref _stamp);

    /// <summary>Whether its files look as they did.</summary>
    public bool IsStill(string stamp) => Stamp == stamp && Current.Stamp() == stamp;

    /// <summary>Reads it again where its files have changed.</summary>
    /// <returns>What it is now; null where nothing has changed.</returns>
    /// <exception cref="DefinitionException">It is wrong, since it was changed.</exception>
    public PlannedProject? Read()
    {
        var stamp = Current.Stamp();
        if (stamp == _stamp)
        {
            return _wrong is null ? null : throw new DefinitionException(_wrong.Problem, _wrong.Hint);
        }

        Volatile.Write(ref _stamp, stamp);
        try
        {
            Current = Composition.Open(Current.Project.Root);
            _wrong = null;
        }
        catch (DefinitionException wrong)
        {
            _wrong = wrong;
            throw;
        }

        return new(Current.Dags, Current.Project.Pools);
    }
}
