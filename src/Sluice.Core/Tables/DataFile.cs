namespace Sluice.Core.Tables;

/// <summary>One live data file of a table version.</summary>
public sealed record DataFile
{
    /// <summary>Absolute path.</summary>
    public required string Path { get; init; }

    /// <summary>Size in bytes, as the log tells it.</summary>
    public required long Bytes { get; init; }

    /// <summary>Rows, as the log tells it.</summary>
    public required long Rows { get; init; }

    /// <summary>The partition it lies in; null in a table without partitions.</summary>
    public DateOnly? Ds { get; init; }

    /// <summary>The interval whose run wrote it, as <see cref="Time.DataInterval.Id"/>.</summary>
    public required string Interval { get; init; }

    /// <summary>
    /// The names of the files whose rows it has: its own, until files are joined. Files are written once under unique names, so
    /// that equal names mean equal rows.
    /// </summary>
    public IReadOnlyList<string> Origins
    {
        get => field ?? [Path[(Path.LastIndexOf('/') + 1)..]];
        init;
    }

    /// <summary>The checksum of its bytes, as the log tells it; null where its pages have their own.</summary>
    public string? Checksum { get; init; }

    /// <summary>Least values of its integer columns, by column.</summary>
    public IReadOnlyDictionary<string, long> MinValues { get; init; } = new Dictionary<string, long>();

    /// <summary>Greatest values of its integer columns, by column.</summary>
    public IReadOnlyDictionary<string, long> MaxValues { get; init; } = new Dictionary<string, long>();
}
