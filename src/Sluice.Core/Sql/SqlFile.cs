namespace Sluice.Core.Sql;

/// <summary>A file of the user's that is read as a table.</summary>
public sealed record SqlFile
{
    /// <summary>The name of the file inside <see cref="Query"/>.</summary>
    public const string Relation = "file";

    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>The path as the user wrote it, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Size in bytes; a file of another size has changed and is not read.</summary>
    public required long Bytes { get; init; }

    /// <summary>How it holds its rows.</summary>
    public required SqlFileFormat Format { get; init; }

    /// <summary>Its columns, in order; for JSON lines in the order in which they are met.</summary>
    public required IReadOnlyList<SqlFileColumn> Columns { get; init; }

    /// <summary>What separates the fields of a CSV file.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether a CSV file has quotes, and with them perhaps line breaks inside of fields.</summary>
    public bool HasQuotes { get; init; }

    /// <summary>A SELECT over <see cref="Relation"/> that makes the table's rows; null for the file as it is.</summary>
    public string? Query { get; init; }
}
