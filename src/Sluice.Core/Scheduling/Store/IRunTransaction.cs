using Sluice.Core.Scheduling.Runs;
using Sluice.Core.Time;

namespace Sluice.Core.Scheduling.Store;

/// <summary>A change of the run store. What was written in it is read in it.</summary>
public interface IRunTransaction : IRunReader
{
    /// <summary>Writes a run as it is now, new or not.</summary>
    /// <remarks>
    /// What is read is what was written, instants to 100 ns, but for what no database keeps in a text: see
    /// <see cref="RunDifference.Storable(DagRun)"/>.
    /// </remarks>
    void Save(DagRun run);

    /// <summary>Keeps the latest interval that the schedule of a DAG had a run for.</summary>
    void SaveLatest(string dagId, DataInterval interval);

    /// <summary>Keeps the start of an interval that was said to be late while it had no run.</summary>
    void SaveMissed(string dagId, DateTimeOffset start);

    /// <summary>Lets nothing new of a DAG start, or lets it go on.</summary>
    void SavePaused(string dagId, bool isPaused);

    /// <summary>A fencing token above all that were ever drawn.</summary>
    long NextToken();

    /// <summary>Lets no token be drawn that is not above this one: the greatest that the lake has seen.</summary>
    void RaiseTokens(long above);

    /// <summary>Registers a worker, or keeps it alive.</summary>
    /// <param name="worker">Its id.</param>
    /// <param name="lease">From now, how long it is taken to live unless it says so again.</param>
    void Renew(string worker, TimeSpan lease);

    /// <summary>A worker that is gone, or found dead.</summary>
    void Remove(string worker);
}
