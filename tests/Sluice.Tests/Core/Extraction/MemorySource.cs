using System.Globalization;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Tests.Core.Extraction;

/// <summary>A table of ids, times and names in memory, read as a database would: by keyset pages.</summary>
internal sealed class MemorySource(TimeProvider clock) : ISourceFactory
{
    private int _pages;
    private int _sessions;

    /// <summary>The rows: id, change time in microseconds (null for none), name.</summary>
    public Dictionary<long, (long? At, string? Name)> Rows { get; } = [];

    /// <summary>The page at which the source fails, counted over all sessions; null for none.</summary>
    public int? FailsAtPage { get; set; }

    /// <summary>What it tells of its load.</summary>
    public SourceLoad Load { get; set; } = new();

    /// <summary>Pages read, those that failed included.</summary>
    public int Pages => _pages;

    /// <summary>Sessions opened.</summary>
    public int Sessions => _sessions;

    public static SourceShape Shape { get; } =
        new()
        {
            Table = "t",
            Columns =
            [
                new("id", ColumnKind.Long, "bigint", IsNullable: false),
                new("at", ColumnKind.Timestamp, "timestamp"),
                new("name", ColumnKind.String, "text"),
            ],
            UniqueKeys =
            [
                ["id"],
            ],
            ScanOrder = ["id"],
            EstimatedRows = 1,
        };

    public Task<ISource> OpenAsync(SourceDefinition source, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _sessions);
        return Task.FromResult<ISource>(new Session(this, clock));
    }

    private sealed class Session(MemorySource owner, TimeProvider clock) : ISource
    {
        public Task<DateTimeOffset> ReadClockAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(clock.GetUtcNow());

        public Task<IReadOnlyList<SourceListing>> ListTablesAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<SourceListing>>([new("t", null)]);

        public Task<SourceShape> DescribeAsync(SourceTable table, CancellationToken cancellationToken = default) =>
            Task.FromResult(Shape with { Columns = [.. Shape.Columns.Where(column => table.Has(column.Name))] });

        public Task<SourceBound?> ReadPageAsync(
            PageRequest request,
            RowPage page,
            CancellationToken cancellationToken = default
        )
        {
            if (Interlocked.Increment(ref owner._pages) == owner.FailsAtPage)
            {
                throw new PipelineException("The source broke.") { IsTransient = true };
            }

            var rows = owner
                .Rows.Where(row =>
                    (request.NullColumn is null) == (row.Value.At is not null) || request.Order[0] == "id"
                )
                .Where(row => request.NullColumn is null || row.Value.At is null)
                .Select(row => (Place: PlaceOf(row.Key, row.Value.At, request.Order), Row: row))
                .Where(row => request.Lower is not { } lower || IsIn(row.Place, lower, atLeast: true))
                .Where(row => request.Upper is not { } upper || !IsIn(row.Place, upper, atLeast: true))
                .OrderBy(row => row.Place, Comparer<long[]>.Create(Compare))
                .Take(request.MaxRows)
                .ToList();
            foreach (var (_, row) in rows)
            {
                for (var i = 0; i < request.Columns.Count; i++)
                {
                    Append(page.Columns[i], request.Columns[i].Name, row);
                }
            }

            return Task.FromResult(
                rows.Count < request.MaxRows
                    ? null
                    : new SourceBound(
                        [.. rows[^1].Place.Select(value => value.ToString(CultureInfo.InvariantCulture))],
                        false
                    )
            );
        }

        public SourceBound BoundAt(SourceColumn cursor, long value) =>
            new([value.ToString(CultureInfo.InvariantCulture)], IsInclusive: true);

        public Task<long?> ReadGreatestAsync(
            SourceShape shape,
            SourceColumn cursor,
            CancellationToken cancellationToken = default
        ) => Task.FromResult<long?>(owner.Rows.Count == 0 ? null : owner.Rows.Keys.Max());

        public Task<IReadOnlyList<SourceBound>> SplitAsync(
            PageRequest request,
            int parts,
            CancellationToken cancellationToken = default
        )
        {
            var places = owner
                .Rows.Where(row => row.Value.At is not null || request.Order[0] == "id")
                .Select(row => PlaceOf(row.Key, row.Value.At, request.Order)[0])
                .Where(place => request.Lower is not { } lower || IsIn([place], lower, atLeast: true))
                .Where(place => request.Upper is not { } upper || !IsIn([place], upper, atLeast: true))
                .Order()
                .ToList();
            var cuts = Enumerable.Range(1, parts - 1).Select(part => places.Count * part / parts);
            return Task.FromResult<IReadOnlyList<SourceBound>>([
                .. cuts.Where(at => at > 0 && at < places.Count)
                    .Select(at => places[at])
                    .Distinct()
                    .Select(place => new SourceBound([place.ToString(CultureInfo.InvariantCulture)], true)),
            ]);
        }

        public Task<SourceLoad> ReadLoadAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(owner.Load);

        public Task<double> ReadNumberAsync(string sql, CancellationToken cancellationToken = default) =>
            Task.FromResult(0.0);

        public Task<IReadOnlyList<string>> FindMissingRightsAsync(
            IReadOnlyList<SourceTable> tables,
            CancellationToken cancellationToken = default
        ) => Task.FromResult<IReadOnlyList<string>>([]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static long[] PlaceOf(long id, long? at, IReadOnlyList<string> order) =>
            [.. order.Select(name => name == "id" ? id : at ?? 0)];

        private static bool IsIn(long[] place, SourceBound bound, bool atLeast)
        {
            var compared = Compare(
                place[..bound.Values.Count],
                [.. bound.Values.Select(value => long.Parse(value, CultureInfo.InvariantCulture))]
            );
            return compared > 0 || (compared == 0 && bound.IsInclusive && atLeast);
        }

        private static int Compare(long[] a, long[] b) =>
            a.Zip(b, (x, y) => x.CompareTo(y)).FirstOrDefault(compared => compared != 0);

        private static void Append(ColumnBuffer target, string column, KeyValuePair<long, (long? At, string? Name)> row)
        {
            switch (column)
            {
                case "id":
                    ((FixedColumnBuffer<long>)target).Append(row.Key);
                    break;
                case "at" when row.Value.At is { } at:
                    ((FixedColumnBuffer<long>)target).Append(at);
                    break;
                case "name" when row.Value.Name is { } name:
                    ((BytesColumnBuffer)target).Append(name.AsSpan());
                    break;
                default:
                    target.AppendNull();
                    break;
            }
        }
    }
}
