using Sluice.Core;
using Sluice.Core.Scheduling.Service;
using Sluice.Project;

namespace Sluice.Cli.Scheduling;

/// <summary>The project of a scheduler, which is read again when its files change.</summary>
/// <param name="first">The project as it was when the scheduler began.</param>
internal sealed class ProjectWatch(Composition first)
{
    private readonly bool _hasFile = HasFile(first);
    private string _stamp = first.Stamp();
    private DefinitionException? _wrong;

    /// <summary>The project as it was last right.</summary>
    public Composition Current { get; private set; } = first;

    /// <summary>What its files looked like when they were last read.</summary>
    public string Stamp => Volatile.Read(ref _stamp);

    /// <summary>Whether its files look as they did.</summary>
    public bool IsStill(string stamp)
    {
        try
        {
            return Stamp == stamp && Current.Stamp() == stamp;
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
            return false;
        }
    }

    /// <summary>Reads it again where its files have changed.</summary>
    /// <returns>What it is now; null where nothing has changed.</returns>
    /// <exception cref="DefinitionException">It is wrong, since it was changed.</exception>
    public PlannedProject? Read()
    {
        try
        {
            var stamp = Current.Stamp();
            if (stamp == _stamp)
            {
                return _wrong is null ? null : throw new DefinitionException(_wrong.Problem, _wrong.Hint);
            }

            Volatile.Write(ref _stamp, stamp);
            Current = ReadAnew();
            _wrong = null;
        }
        catch (DefinitionException wrong)
        {
            _wrong = wrong;
            throw;
        }
        catch (Exception failure) when (IsOfFiles(failure))
        {
            // What is written at this moment can be read in the next.
            Volatile.Write(ref _stamp, "");
            throw new DefinitionException(failure.Message, "It is looked at again and again.");
        }

        return new(Current.Dags, Current.Project.Pools);
    }

    // This folder and no other: one above it may hold a project, too.
    private Composition ReadAnew()
    {
        if (_hasFile && !HasFile(Current))
        {
            throw new DefinitionException(
                $"{ProjectLoader.FileName} is gone from '{Current.Project.Root}'.",
                "Put it back."
            );
        }

        var now = Composition.OpenRoot(Current.Project.Root);
        return now.KeepsRunsWhere(Current)
            ? now
            : throw new DefinitionException(
                "'state' has changed: the runs would be kept elsewhere.",
                "Stop the scheduler and start it again, or set it back."
            );
    }

    private static bool HasFile(Composition project) =>
        File.Exists(Path.Combine(project.Project.Root, ProjectLoader.FileName));

    private static bool IsOfFiles(Exception failure) => failure is IOException or UnauthorizedAccessException;
}
