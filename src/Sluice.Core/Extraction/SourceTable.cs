using Sluice.Core.Tables;

namespace Sluice.Core.Extraction;

/// <summary>A table to load.</summary>
public sealed record SourceTable
{
    /// <summary>Its name in the source, with its schema where that is not the source's own.</summary>
    public required string Name { get; init; }

    /// <summary>How it is loaded.</summary>
    public LoadMode Mode { get; init; }

    /// <summary>The columns that identify a row; empty where none were given.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>The column whose growth tells new rows; null for snapshots.</summary>
    public string? Cursor { get; init; }

    /// <summary>How far before the last load the next one begins again, in microseconds for times; for ids, how many.</summary>
    public long Lookback { get; init; }

    /// <summary>What becomes of rows without a cursor.</summary>
    public NullCursor NullCursor { get; init; }

    /// <summary>What happens when its columns change.</summary>
    public SchemaPolicy OnSchemaChange { get; init; }

    /// <summary>A column that is true or not null where the row counts as deleted; null where there is none.</summary>
    public string? SoftDelete { get; init; }

    /// <summary>The columns to load; empty for all that no rule excludes.</summary>
    public IReadOnlyList<string> Selected { get; init; } = [];

    /// <summary>What the user says of columns, by their name in the source.</summary>
    public IReadOnlyDictionary<string, ColumnRule> Columns { get; init; } = new Dictionary<string, ColumnRule>();

    /// <summary>Whether a load that finds no rows is worth a word.</summary>
    public bool ExpectsRows { get; init; } = true;

    /// <summary>How long before the newest interval's end a copy's interval may have ended, until a load removes it; null keeps all. Of snapshots only.</summary>
    public TimeSpan? Retain { get; init; }

    /// <summary>Whether <see cref="Retain"/> holds also where models read all copies.</summary>
    public bool RetainIsForced { get; init; }

    /// <summary>Whether a column is loaded.</summary>
    public bool Has(string column) =>
        (Selected.Count == 0 || Selected.Contains(column, StringComparer.Ordinal))
        && !(Columns.TryGetValue(column, out var rule) && rule.IsExcluded);

    /// <summary>The type that the user gave for a column; null where none.</summary>
    public ColumnType? TypeOf(string column) => Columns.TryGetValue(column, out var rule) ? rule.Type : null;
}
