using System.Globalization;
using Sluice.Core.Journeys.Indexes;
using Sluice.Core.Sql;
using Sluice.Core.Tables;
using Sluice.DuckDb;
using Sluice.Lake.Journeys;

namespace Sluice.IntegrationTests.Journeys;

/// <summary>An event table and its users in files, and the indexes of them.</summary>
internal sealed class JourneyTable : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-journeys-").FullName;
    private readonly List<DataFile> _files = [];
    private readonly Dictionary<string, JourneySource> _built = [];
    private SqlRelation? _users;
    private TableSchema? _schema;

    public DuckDbEngine Engine { get; } = new(new DuckDbOptions { MemoryMiB = 256 });

    public string State => Path.Combine(_folder, ".sluice");

    public FileJourneyStore Store => new(State);

    public JourneySource Source =>
        new()
        {
            Events = new(TableId.Mart("visits"), _schema!, [.. _files]),
            Incarnation = "events-1",
            Unit = _schema!.Find("unit")!,
            Time = _schema.Find("seen")!,
            Name = _schema.Find("name")!,
            Users = _users is null ? null : new(_users, "users-1", _users.Schema.Find("id")!),
        };

    /// <summary>Adds a file with the rows of a SELECT of columns unit, seen and name.</summary>
    public async Task AddAsync(string select)
    {
        var (schema, file) = await WriteAsync(select);
        _schema = schema;
        _files.Add(file);
    }

    /// <summary>Puts a file with the rows of a SELECT in the place of one that was added before; readers of that one still have it.</summary>
    public async Task ReplaceAsync(int file, string select)
    {
        _files.RemoveAt(file);
        await AddAsync(select);
    }

    /// <summary>Takes away a file, also from who would read an older version.</summary>
    public void Lose(int file)
    {
        File.Delete(_files[file].Path);
        _files.RemoveAt(file);
    }

    /// <summary>Makes the rows of a SELECT the users; the key is called id.</summary>
    public async Task SetUsersAsync(string select)
    {
        var (schema, file) = await WriteAsync(select);
        _users = new(TableId.Mart("people"), schema, [file]);
    }

    /// <summary>Builds the index, perhaps on one that was built here.</summary>
    public async Task<JourneyOutcome> BuildAsync(string? before = null, JourneyOptions? options = null)
    {
        var outcome = await new JourneyBuild(Engine, Engine, Store, options).RunAsync(
            Source,
            before is null ? null : _built[before],
            cancellationToken: TestContext.Current.CancellationToken
        );
        _built[outcome.Id] = Source;
        return outcome;
    }

    public string Folder(string id) => Path.Combine(State, "journeys", id);

    /// <summary>Every user with the values of the properties and all events, ordered.</summary>
    public static IReadOnlyList<string> Read(JourneyIndex index)
    {
        var users = new List<string>();
        foreach (var part in index.Parts)
        {
            for (var place = 0; place < part.Shard.Users; place++)
            {
                if (!part.IsSuperseded(place))
                {
                    users.Add($"{part.Keys[place]} [{Values(index, part, place)}] {Events(index, part, place)}");
                }
            }
        }

        users.Sort(StringComparer.Ordinal);
        return users;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Values(JourneyIndex index, JourneyPart part, int place) =>
        string.Join(
            ", ",
            index.Contents.Properties.Select(
                (property, i) => Convert.ToString(property[part.Shard.Property(i)[place]], CultureInfo.InvariantCulture)
            )
        );

    private static string Events(JourneyIndex index, JourneyPart part, int place)
    {
        var length = part.Shard.Lengths[place];
        var (micros, codes) = (new long[length], new byte[length]);
        part.Shard.CopyTo(place, micros, codes);
        // Names, not codes: those of an overlay have codes in another order.
        return string.Join(
            ' ',
            micros
                .Zip(codes, (time, code) => (time, Name: code == 255 ? "*" : index.Contents.Names.Coded[code - 1]))
                .OrderBy(item => item.time)
                .ThenBy(item => item.Name, StringComparer.Ordinal)
                .Select(item => string.Create(CultureInfo.InvariantCulture, $"{item.Name}@{item.time}"))
        );
    }

    private async Task<(TableSchema Schema, DataFile File)> WriteAsync(string select)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        var written = await Engine.MaterializeAsync(new SqlQuery(select, []), folder, "model");
        var path = Path.Combine(folder, $"{Path.GetFileName(folder)}.parquet");
        var rows = written.Files.Sum(file => file.Rows);
        // A name of its own, as the lake's files have: an index is named by those of its files.
        File.Copy(Path.Combine(folder, "model.parquet"), path);
        return (
            written.Schema,
            new DataFile
            {
                Path = path,
                Bytes = new FileInfo(path).Length,
                Rows = rows,
                Interval = "i",
            }
        );
    }
}
