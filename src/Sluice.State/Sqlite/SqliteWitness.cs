using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Sluice.Core.Scheduling.Store;
using SQLitePCL;

namespace Sluice.State.Sqlite;

/// <summary>Knows whether the file of a store is still the one of its name. Safe for several threads.</summary>
/// <remarks>
/// A file that is removed or replaced stays there for those that have it open: they would go on in it, and nobody would read what
/// they write.
/// </remarks>
/// <param name="connection">A connection of its own, held open.</param>
/// <param name="path">The file.</param>
internal sealed partial class SqliteWitness(SqliteConnection connection, string path) : IDisposable
{
    // SQLITE_FCNTL_HAS_MOVED; not known on systems where an open file cannot be removed.
    private const int HasMoved = 20;

    private readonly Lock _lock = new();
    private bool _isClosed;

    /// <summary>Looks at it.</summary>
    /// <exception cref="StoreGoneException">It is another, or gone.</exception>
    public void ThrowIfGone()
    {
        lock (_lock)
        {
            if (
                !_isClosed
                && FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMoved, out var hasMoved)
                    == raw.SQLITE_OK
                && hasMoved != 0
            )
            {
                throw new StoreGoneException(
                    $"{SqliteStateFault.PlaceOf(path)} was removed or replaced while it was in use."
                )
                {
                    Hint =
                        "Put the file back, or a backup of it, and start again. Without one the runs begin anew: the lake stays, and what it has is not loaded again.",
                };
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            connection.Dispose();
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint database, string schema, int operation, out int answer);
}
