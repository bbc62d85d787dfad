using Sluice.Core.Extraction;
using Sluice.IntegrationTests.Servers;

namespace Sluice.IntegrationTests.Extract;

/// <summary>A table of visits on a server, which may be written to while it is extracted, and the proof that the lake has it.</summary>
internal sealed class LiveVisits
{
    public const string First = "2015-05-01";
    public const string Second = "2015-05-02";

    private readonly IServerDatabase _database;

    private LiveVisits(IServerDatabase database, int rows) => (_database, Rows) = (database, rows);

    /// <summary>How many rows the first day had.</summary>
    public int Rows { get; }

    private bool IsPostgreSql => _database.Definition.Kind == SourceKind.PostgreSql;

    /// <summary>Makes the table with visits of the first day.</summary>
    /// <param name="database">Where.</param>
    /// <param name="rows">How many.</param>
    /// <param name="noise">Bytes of each row that cannot be compressed, in pieces of 16.</param>
    public static async Task<LiveVisits> CreateAsync(IServerDatabase database, int rows, int noise = 0)
    {
        var visits = new LiveVisits(database, rows);
        await database.RunAsync(visits.IsPostgreSql ? PostgreSql(rows, noise) : MySql(rows, noise));
        return visits;
    }

    /// <summary>A project that loads the table by its time of change, up to a model of its current rows.</summary>
    public SluiceProject CreateProject(string throttle = "max_connections: 1", string guards = "", int? port = null)
    {
        var project = _database.CreateProject("visits: {cursor: changed_at, key: id}", throttle, guards, port);
        project.Write("models/seen.sql", "select id, page, noise, changed_at from {{ source('app', 'visits') }}");
        return project;
    }

    /// <summary>Others begin to insert, to move rows out of the first day and to delete them.</summary>
    public VisitWriter StartWriting() => new(_database, Rows);

    /// <summary>Loads the second day, too, and reconciles: then the lake is the source, row by row, and has nothing twice.</summary>
    public async Task AssertLoadedAsync(SluiceProject project)
    {
        project.Run("extract", "--date", Second).Done();
        var reconciled = project.Run("extract", "reconcile", "visits").Done().Output;
        // Deletes are all that a cursor cannot tell.
        Assert.Matches(
            @"(?s)They are the same|\s0 rows are missing in the lake.*\s0 rows are another in the source",
            reconciled
        );
        project.Run("model", "--date", Second).Done();
        Assert.Empty(
            project.Query(
                "select id from app.visits where _op = 'upsert' group by id, changed_at, page having count(*) > 1 limit 5"
            )
        );
        await RowComparison.AssertEqualAsync(
            _database.RowsAsync(IsPostgreSql ? OfPostgreSql : OfMySql),
            project.RowsAsync("select id, page, epoch_us(changed_at), md5(noise) from seen order by id")
        );
        project.AssertWhole();
        project.AssertNothingStaged();
    }

    private const string OfPostgreSql =
        "select id, page, (extract(epoch from changed_at) * 1000000)::bigint, md5(noise) from visits order by id";

    private const string OfMySql =
        "select id, page, timestampdiff(microsecond, '1970-01-01', changed_at), md5(noise) from visits order by id";

    private static string[] PostgreSql(int rows, int noise) =>
        [
            "create table visits (id bigint primary key, page text not null, noise bytea not null, changed_at timestamptz not null)",
            // What cannot be compressed is not tried to be.
            "alter table visits alter noise set storage external",
            $"""
                insert into visits
                select i, 'page ' || i % 97, {Noise(
                    noise
                )}, timestamptz '2015-05-01 00:00+00' + i % 86000 * interval '1 second'
                from generate_series(1, {rows}) i
                """,
            "create index on visits (changed_at, id)",
            "analyze visits",
        ];

    private static string Noise(int bytes) =>
        string.Join(
            " || ",
            Enumerable.Range(0, bytes / 16).Select(piece => $"decode(md5(i || '.{piece}'), 'hex')").Prepend("''::bytea")
        );

    private static string[] MySql(int rows, int noise) =>
        [
            "create table visits (id bigint primary key, page text not null, noise blob not null, changed_at timestamp(6) not null)",
            $"""
            insert into visits
            select seq, concat('page ', seq % 97), {(
                noise == 0 ? "''" : $"concat({string.Join(", ", Enumerable.Repeat("random_bytes(16)", noise / 16))})"
            )}, timestamp '2015-05-01 00:00:00' + interval (seq % 86000) second
            from seq_1_to_{rows}
            """,
            "create index by_change on visits (changed_at, id)",
            "analyze table visits",
        ];
}
