using System.Security.Cryptography;
using System.Text;
using Sluice.Core.Tables;
using Sluice.Core.Time;

namespace Sluice.Core.Extraction;

/// <summary>What an extract reads and in which order; the same for every attempt at it.</summary>
internal sealed class ExtractPlan
{
    private readonly SourceTable _table;

    /// <summary>Plans the extract of a table.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="table">What the user wants.</param>
    /// <param name="shape">What the source has.</param>
    /// <exception cref="PipelineException">The table cannot be read so.</exception>
    public ExtractPlan(string source, SourceTable table, SourceShape shape)
    {
        (_table, Shape) = (table, shape);
        Target = TableId.Raw(source, table.Name);
        Columns = new SelectedColumns(table, shape);
        Files = RawColumns.ForFiles(Target, Columns.Lake);
        Cursor = table.Cursor is { } cursor ? shape.Find(cursor) : null;
        if (Cursor is not null)
        {
            ThrowUnlessCursor(Cursor);
        }

        var key = Cursor is null ? [] : Key();
        Order = Cursor is null ? shape.ScanOrder : [Cursor.Name, .. key.Where(name => name != Cursor.Name)];
        if (Cursor is not null)
        {
            Log = new ChangeLog(
                [.. key.Select(InLake)],
                InLake(Cursor.Name),
                table.SoftDelete is { } deleted ? InLake(deleted) : null
            );
        }
    }

    /// <summary>Where the rows go.</summary>
    public TableId Target { get; }

    /// <summary>What the source has.</summary>
    public SourceShape Shape { get; }

    /// <summary>The columns that are read.</summary>
    public SelectedColumns Columns { get; }

    /// <summary>The columns of the data files.</summary>
    public TableSchema Files { get; }

    /// <summary>The cursor; null for a snapshot.</summary>
    public SourceColumn? Cursor { get; }

    /// <summary>The order in which rows are read; empty for a table that can only be read from end to end.</summary>
    public IReadOnlyList<string> Order { get; }

    /// <summary>How the lake's rows become the source's; null for a snapshot.</summary>
    public ChangeLog? Log { get; }

    /// <summary>Whether the cursor tells times, and not ids.</summary>
    public bool IsOfTimes => Cursor?.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date;

    /// <summary>The whole range of a window.</summary>
    public ExtractRange Range(ISource source, ExtractWindow window) =>
        new(
            window.Low is { } low ? source.BoundAt(Cursor!, low) : null,
            window.High is { } high ? source.BoundAt(Cursor!, high) : null
        );

    /// <summary>Refuses rows without a cursor where the user did not say what becomes of them.</summary>
    /// <exception cref="PipelineException">There are some.</exception>
    public void ThrowIfNullsAreRefused(ExtractRange range, int rows)
    {
        if (range.OnlyNulls && rows > 0 && _table.NullCursor == NullCursor.Fail)
        {
            throw new PipelineException(
                $"The cursor '{_table.Cursor}' of {Target} is null in {rows} rows or more, which no window can hold."
            )
            {
                Hint =
                    "Fill the column, or set null_cursor: include (they are read by every load) or exclude (they never are).",
            };
        }
    }

    /// <summary>A page of a range.</summary>
    public PageRequest Page(ExtractRange range, int maxRows) =>
        new()
        {
            Shape = Shape,
            Columns = Columns.Read,
            Order = range.OnlyNulls ? [.. Order.Skip(1)] : Order,
            Lower = range.Lower,
            Upper = range.Upper,
            NullColumn = range.OnlyNulls ? Cursor!.Name : null,
            MaxRows = maxRows,
        };

    /// <summary>Names what is read and what for: an unfinished extract goes on only under the same name.</summary>
    /// <param name="interval">The interval that is loaded.</param>
    /// <param name="token">The token of the interval's last load, 0 for none: what a load has left that was committed since is not gone on with.</param>
    /// <param name="restored">The version of the table's last restore, 0 for none: what was begun before it has the window of then.</param>
    public string Fingerprint(DataInterval interval, long token, long restored)
    {
        var text = new StringBuilder()
            .Append(Target)
            .Append('\n')
            .Append(interval.Id)
            .Append(token > 0 ? FormattableString.Invariant($"\nafter {token}\n") : "\n")
            .Append(restored > 0 ? FormattableString.Invariant($"restored {restored}\n") : "")
            .AppendJoin(',', Order)
            .Append('\n');
        foreach (var (read, lake) in Columns.Read.Zip(Columns.Lake.Columns))
        {
            text.Append(read.Name).Append(' ').Append(read.Declared).Append(' ').Append(lake).Append('\n');
        }

        // A salt goes in as what it makes, never as itself.
        foreach (var (name, rule) in _table.Columns.OrderBy(rule => rule.Key, StringComparer.Ordinal))
        {
            var salt = rule.Salt is null ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(rule.Salt)));
            text.Append(name).Append(' ').Append(rule.IsHashed).Append(' ').Append(salt).Append(' ').Append(rule.Mask);
            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void ThrowUnlessCursor(SourceColumn cursor)
    {
        var isOne =
            cursor.Type.Kind
            is ColumnKind.Byte
                or ColumnKind.Short
                or ColumnKind.Integer
                or ColumnKind.Long
                or ColumnKind.Date
                or ColumnKind.Timestamp;
        if (!isOne)
        {
            throw new PipelineException($"The column '{cursor.Name}' cannot be a cursor: it is {cursor.Type}.")
            {
                Hint = "A cursor is a growing id (an integer), or the time of the last change (a timestamp or date).",
            };
        }
    }

    // What makes a row of the log must be in it.
    private string InLake(string column) =>
        Shape.Columns.Any(known => known.Name == column)
            ? SelectedColumns.NameOf(_table, column)
            : throw new PipelineException($"The column '{column}' of {Target} is needed and not loaded.")
            {
                Hint =
                    "A cursor, a key and a soft delete are part of the log: do not exclude them (a key may be hashed).",
            };

    // Without a key that is unique in the source, rows that share a cursor would be lost between two pages.
    private IReadOnlyList<string> Key()
    {
        var wanted =
            _table.Key.Count > 0 ? _table.Key
            : Shape.UniqueKeys is [var first, ..] ? first
            : [];
        var names = wanted.ToHashSet(StringComparer.Ordinal);
        if (Cursor is not null && Shape.UniqueKeys.Any(key => key.Count == 1 && key[0] == Cursor.Name))
        {
            return [Cursor.Name];
        }

        if (wanted.Count > 0 && Shape.UniqueKeys.Any(key => key.All(names.Contains)))
        {
            return wanted;
        }

        throw new PipelineException(
            wanted.Count == 0
                ? $"The table {Target} has no key: rows that share a value of '{_table.Cursor}' could not be told apart."
                : $"The key ({string.Join(", ", wanted)}) of {Target} is not unique and not null in the source."
        )
        {
            Hint =
                Shape.UniqueKeys.Count == 0
                    ? "Give the table a primary key or a unique index of columns that are not null, or load it as a snapshot."
                    : $"Use a key of the source: {string.Join(" or ", Shape.UniqueKeys.Select(key => $"({string.Join(", ", key)})"))}.",
        };
    }
}
