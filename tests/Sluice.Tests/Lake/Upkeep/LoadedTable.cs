using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Sluice.Core.Builds;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;
using Sluice.Core.Time;
using Sluice.Core.Upkeep;
using Sluice.Lake.Delta;
using Sluice.Lake.Files;
using Sluice.Lake.Parquet;
using Sluice.Lake.Upkeep;
using Sluice.Tests.Core.Tables;

namespace Sluice.Tests.Lake.Upkeep;

/// <summary>A raw table on a disk of its own, loaded day by day, and what upkeep does to it. A day passes with each commit.</summary>
internal sealed class LoadedTable : IDisposable
{
    public static readonly TableId Id = TableId.Raw("app", "users");

    private readonly TempFolder _folder = new();

    public LoadedTable()
    {
        Store = new DeltaTableStore(_folder.Path, Clock);
        Upkeep = new LakeUpkeep(_folder.Path, Clock);
        Builds = new Sluice.Lake.Builds.FileBuildStore(_folder.Path, TimeZoneInfo.Utc);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2015, 6, 1, 0, 0, 0, TimeSpan.Zero));

    public DeltaTableStore Store { get; }

    public LakeUpkeep Upkeep { get; }

    public IBuildStore Builds { get; }

    public string Columns { get; set; } = "id long, name string";

    public LakeLayout Layout => new(_folder.Path);

    public DeltaLog Log => new(Id, Layout.FolderOf(Id));

    public static DataInterval Day(int day) =>
        DataInterval.OfDay(new DateOnly(2015, 5, 1).AddDays(day - 1), TimeZoneInfo.Utc);

    /// <summary>Loads a day, in as many files as there are lists of ids. Of a log of changes nothing is replaced.</summary>
    public async Task<long> LoadAsync(int day, ChangeLog? log, params long[][] files)
    {
        var before = await Store.ReadAsync(Id);
        var schema = RawColumns.ForFiles(Id, SchemaText.Parse(Columns));
        await using var staging = await Store.StageAsync(Id);
        var staged = new List<StagedFile>();
        var seq = RawCommit.FirstSeq(before);
        await using var writer = staging.CreateWriter(schema);
        foreach (var ids in files)
        {
            var page = PageOf(schema, ids);
            seq += RawColumns.Write(writer, page, Micros.From(Clock.GetUtcNow()), seq);
            staged.AddRange(writer.Finish());
        }

        Clock.Advance(TimeSpan.FromDays(1));
        return await Store.CommitAsync(
            Id,
            new TableCommit
            {
                Interval = Day(day),
                Token = TaskToken.Next(TaskToken.ExtractOf(Day(day)), before),
                BasedOn = before?.Version ?? -1,
                Replaces = log is null ? ReplaceScope.Interval : ReplaceScope.Nothing,
                Schema = RawColumns.ForTable(schema),
                Files = staged,
                Log = log,
                Partitioned = true,
                Watermarks = new Dictionary<string, long>
                {
                    [RawCommit.HighWatermark(log)] = Micros.From(Day(day).End),
                },
            }
        );
    }

    public Task<long> LoadAsync(int day, params long[][] files) => LoadAsync(day, log: null, files);

    /// <summary>Loads so many days, a row each.</summary>
    public async Task LoadDaysAsync(int from, int to)
    {
        for (var day = from; day <= to; day++)
        {
            await LoadAsync(day, [day]);
        }
    }

    public async Task<TableSnapshot> SnapshotAsync(long? version = null) => (await Store.ReadAsync(Id, version))!;

    /// <summary>The rows of a version as <c>ds id</c>, in the order of <c>_seq</c>, which must be that of the rows in each file.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(long? version = null)
    {
        var snapshot = await SnapshotAsync(version);
        var schema = RawColumns.OfFiles(snapshot.Schema);
        var rows = new List<(long Seq, string Text)>();
        var place = schema.Columns.ToList().FindIndex(column => column.Name == RawColumns.Seq);
        foreach (var file in snapshot.Files)
        {
            using var reader = new ParquetPageReader(file.Path);
            var last = long.MinValue;
            foreach (var page in reader.Read(new RowPage(schema)))
            {
                var seqs = ((FixedColumnBuffer<long>)page.Columns[place]).Values;
                for (var i = 0; i < page.Rows; i++)
                {
                    Assert.True(seqs[i] > last, $"row {i} of {file.Path} is out of order");
                    last = seqs[i];
                    rows.Add((last, $"{file.Ds:yyyy-MM-dd} {IdOf(page.Columns[0], i)}"));
                }
            }
        }

        return [.. rows.OrderBy(row => row.Seq).Select(row => row.Text)];
    }

    public Task<CompactionOutcome> CompactAsync(long targetBytes = TableCompaction.UsualTargetBytes) =>
        new TableCompaction(Store).RunAsync(Id, targetBytes);

    public Task<RestoreOutcome> RestoreAsync(long version) => Upkeep.RestoreAsync(Id, version);

    public Task<IReadOnlyList<DateOnly>> RetainAsync(int days, int loaded) =>
        new TableRetention(Store, TimeZoneInfo.Utc).RunAsync(Id, TimeSpan.FromDays(days), Day(loaded));

    public async Task<VacuumOutcome> VacuumAsync(TimeSpan retain, bool dryRun = false) =>
        Assert.Single(await Upkeep.VacuumAsync([Id], await BuildPins.ReadAsync(Builds), retain, dryRun));

    public async Task<IReadOnlyList<TableProblem>> ProblemsAsync(bool deep = true) =>
        (await Upkeep.VerifyAsync(Id, (await BuildPins.ReadAsync(Builds))[Id], deep)).Problems;

    public async Task PublishAsync(long version)
    {
        var pin = (await SnapshotAsync(version)).Pin;
        await Builds.PublishAsync(
            (number, _) =>
                Task.FromResult<Build?>(
                    new Build
                    {
                        Number = number,
                        CreatedAt = Clock.GetUtcNow(),
                        Interval = Day(1),
                        Promoted = true,
                        Models = new Dictionary<string, ModelRecord>(),
                        Tables = new Dictionary<TableId, TableVersion> { [Id] = pin },
                    }
                )
        );
    }

    /// <summary>All data files, needed or not, by name.</summary>
    public IReadOnlyList<string> DataFiles() =>
        [
            .. Directory
                .EnumerateFiles(Layout.FolderOf(Id), "part-*.parquet", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => _folder.Dispose();

    private static RowPage PageOf(TableSchema schema, long[] ids)
    {
        var page = new RowPage(schema);
        foreach (var id in ids)
        {
            switch (page.Columns[0])
            {
                case FixedColumnBuffer<int> ints:
                    ints.Append((int)id);
                    break;
                case FixedColumnBuffer<long> longs:
                    longs.Append(id);
                    break;
                case FixedColumnBuffer<float> floats:
                    floats.Append(id);
                    break;
                case FixedColumnBuffer<double> doubles:
                    doubles.Append(id);
                    break;
                case FixedColumnBuffer<Int128> wide:
                    wide.Append(id);
                    break;
            }

            foreach (var column in page.Columns.Skip(1).Take(schema.Columns.Count - 4))
            {
                if (id % 3 == 0)
                {
                    column.AppendNull();
                }
                else
                {
                    ((BytesColumnBuffer)column).Append(string.Create(CultureInfo.InvariantCulture, $"n{id}"));
                }
            }
        }

        return page;
    }

    private static string IdOf(ColumnBuffer column, int row) =>
        column switch
        {
            FixedColumnBuffer<int> ints => Text(ints.Values[row]),
            FixedColumnBuffer<long> longs => Text(longs.Values[row]),
            FixedColumnBuffer<float> floats => Text(floats.Values[row]),
            FixedColumnBuffer<double> doubles => Text(doubles.Values[row]),
            FixedColumnBuffer<Int128> wide => Text(wide.Values[row]),
            _ => throw new NotSupportedException(),
        };

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
