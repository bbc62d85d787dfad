namespace Sluice.Core.Extraction;

/// <summary>The kinds of source.</summary>
public enum SourceKind
{
    /// <summary>A SQLite database file.</summary>
    Sqlite,

    /// <summary>Files brought in by <c>sluice import</c>; it has tables but no extract.</summary>
    Import,
}
