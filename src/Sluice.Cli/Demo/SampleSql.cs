namespace Sluice.Cli.Demo;

/// <summary>Every statement that makes the sample.</summary>
internal static class SampleSql
{
    /// <summary>
    /// Before anything is written: speed instead of safety, for a file that nobody reads yet.
    /// </summary>
    /// <remarks>
    /// The page size is fixed because the bytes of the file must not depend on a library's default.
    /// The cache is the bound of the memory: SQLite writes pages out when it is full (negative:
    /// KiB).
    /// </remarks>
    public const string Prepare = """
        pragma page_size = 4096;
        pragma journal_mode = off;
        pragma synchronous = off;
        pragma locking_mode = exclusive;
        pragma cache_size = -65536;
        """;

    /// <summary>The tables, with the type names that other databases know too.</summary>
    public const string CreateTables = """
        create table users (
            user_id INTEGER PRIMARY KEY, date DATE, device TEXT, sex TEXT, channel TEXT
        );
        create table step1 (user_id INTEGER PRIMARY KEY, page TEXT);
        create table step2 (user_id INTEGER PRIMARY KEY, page TEXT);
        create table step3 (user_id INTEGER PRIMARY KEY, page TEXT);
        create table step4 (user_id INTEGER PRIMARY KEY, page TEXT);
        create table step5 (user_id INTEGER PRIMARY KEY, page TEXT);
        create table step6 (user_id INTEGER PRIMARY KEY, page TEXT);
        create table events (
            event_id INTEGER PRIMARY KEY,
            message_id TEXT,
            user_id INTEGER,
            anonymous_id TEXT,
            session_id TEXT,
            product TEXT,
            event TEXT,
            page TEXT,
            occurred_at TIMESTAMP,
            sent_at TIMESTAMP,
            received_at TIMESTAMP,
            device TEXT,
            channel TEXT,
            properties JSON
        );
        """;

    /// <summary>
    /// A transaction for all rows: without a journal there is nothing that a second one would save.
    /// </summary>
    public const string Begin = "begin";

    /// <summary>Ends the transaction of <see cref="Begin"/>.</summary>
    public const string Commit = "commit";

    /// <summary>One user; parameters in the order of the columns.</summary>
    public const string InsertUser = """
        insert into users (user_id, date, device, sex, channel) values (?1, ?2, ?3, ?4, ?5)
        """;

    /// <summary>One event; parameters in the order of the columns after the first.</summary>
    /// <remarks>
    /// SQLite gives it the next id, which saves the search for the place of one that is given.
    /// </remarks>
    public const string InsertEvent = """
        insert into events (
            message_id, user_id, anonymous_id, session_id, product, event, page,
            occurred_at, sent_at, received_at, device, channel, properties
        ) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """;

    /// <summary>One visit, for each step; the parameter is the user.</summary>
    public static IReadOnlyList<string> InsertSteps { get; } =
    [
        "insert into step1 (user_id, page) values (?1, 'step1')",
        "insert into step2 (user_id, page) values (?1, 'step2')",
        "insert into step3 (user_id, page) values (?1, 'step3')",
        "insert into step4 (user_id, page) values (?1, 'step4')",
        "insert into step5 (user_id, page) values (?1, 'step5')",
        "insert into step6 (user_id, page) values (?1, 'step6')",
    ];
}
