using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sluice.Lake.Sqlite;

/// <summary>The calls that are made for every row and value, into the library that SQLitePCLRaw brings.</summary>
/// <remarks>
/// SQLitePCLRaw's own calls count the uses of a safe handle at each of them, which took more time than SQLite itself. Those for
/// one value neither wait nor call back, so the collector's state is not switched for them.
/// </remarks>
internal static unsafe partial class SqliteNative
{
    private const string Library = "e_sqlite3";

    /// <summary>Has SQLite take no lock for each call: no connection here is used by two callers at once.</summary>
    /// <remarks>Does nothing once a database was opened; then the locks only cost time.</remarks>
    public static void LeaveLocksOut()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_step")]
    public static partial int Step(nint statement);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_column_value")]
    public static partial nint Column(nint statement, int index);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_type")]
    public static partial int Kind(nint value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64")]
    public static partial long Integer(nint value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_double")]
    public static partial double Number(nint value);

    // Converting a number or UTF-16 takes memory, but never long.
    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_text")]
    public static partial byte* Text(nint value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_blob")]
    public static partial byte* Blob(nint value);

    [SuppressGCTransition]
    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes")]
    public static partial int Bytes(nint value);
}
