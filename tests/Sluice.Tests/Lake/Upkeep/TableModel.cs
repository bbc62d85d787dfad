namespace Sluice.Tests.Lake.Upkeep;

/// <summary>What a table of copies should be after loads and upkeep: lists in memory, with no files.</summary>
internal sealed class TableModel
{
    private readonly List<(Dictionary<int, long[]> Rows, HashSet<int> Done)> _versions = [];

    public Dictionary<int, long[]> Rows { get; private set; } = [];

    public HashSet<int> Done { get; private set; } = [];

    public int Newest => _versions.Count - 1;

    public void Load(int day, long[] ids)
    {
        Rows[day] = ids;
        Done.Add(day);
        Commit();
    }

    public void Restore(int version)
    {
        if (version != Newest)
        {
            (Rows, Done) = (new(_versions[version].Rows), [.. _versions[version].Done]);
            Commit();
        }
    }

    public void Retain(int days, int loaded)
    {
        var cutoff = LoadedTable.Day(Done.Max()).End - TimeSpan.FromDays(days);
        var old = Rows.Where(day => day.Key != loaded && day.Value.Length > 0 && LoadedTable.Day(day.Key).End <= cutoff)
            .Select(day => day.Key)
            .ToList();
        if (old.Count > 0)
        {
            old.ForEach(day => Rows.Remove(day));
            Commit();
        }
    }

    /// <summary>A change that leaves the rows as they are.</summary>
    public void Commit() => _versions.Add((new(Rows), [.. Done]));

    public IEnumerable<string> RowsOf(int version) =>
        _versions[version]
            .Rows.SelectMany(day => day.Value.Select(id => $"{LoadedTable.Day(day.Key).Ds} {id}"))
            .Order(StringComparer.Ordinal);
}
