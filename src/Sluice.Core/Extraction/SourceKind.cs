namespace Sluice.Core.Extraction;

/// <summary>The kinds of source.</summary>
public enum SourceKind
{
    /// <summary>A SQLite database file.</summary>
    Sqlite,

    /// <summary>A MySQL or MariaDB server.</summary>
    MySql,

    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,

    /// <summary>Files brought in by <c>sluice import</c>; it has tables but no extract.</summary>
    Import,
}
