using System.Globalization;
using System.Text.RegularExpressions;
using MySqlConnector;

namespace Sluice.Lake.MySql;

/// <summary>Which server a session is with, and what the session may ask it. Found out once, when it opens.</summary>
internal sealed partial record MySqlServer
{
    private const string Facts = "select version(), current_user(), @@lower_case_table_names, connection_id()";

    private const string Collations = """
        select character_set_name, collation_name from information_schema.collations
        where collation_name like '%\_bin' and collation_name not like '%nopad%' order by char_length(collation_name) desc
        """;

    /// <summary>Whether it is MariaDB; else MySQL or what calls itself so.</summary>
    public required bool IsMariaDb { get; init; }

    /// <summary>Its version, such as 10.11.6.</summary>
    public required Version Version { get; init; }

    /// <summary>The account that the session has, such as <c>reader@%</c>.</summary>
    public required string Account { get; init; }

    /// <summary>Whether names of tables that differ in case only are one name.</summary>
    public required bool IgnoresCase { get; init; }

    /// <summary>The session's number.</summary>
    public required ulong Session { get; init; }

    /// <summary>Whether the session may see the state of replication.</summary>
    public required bool ShowsReplica { get; init; }

    /// <summary>Whether the session may see the transactions of others.</summary>
    public required bool ShowsTransactions { get; init; }

    /// <summary>The binary collation of each character set.</summary>
    public required IReadOnlyDictionary<string, string> BinaryCollations { get; init; }

    /// <summary>Whether it ends statements that take too long.</summary>
    public bool LimitsStatements => Version >= (IsMariaDb ? new(10, 1, 1) : new Version(5, 7, 8));

    /// <summary>The name of the setting that ends them.</summary>
    public string StatementLimit => IsMariaDb ? "max_statement_time" : "max_execution_time";

    /// <summary>The statement that tells the state of replication.</summary>
    public string ReplicaStatus =>
        IsMariaDb
            ? Version >= new Version(10, 5, 1)
                ? "show all replicas status"
                : "show all slaves status"
            : Version >= new Version(8, 0, 22)
                ? "show replica status"
                : "show slave status";

    /// <summary>Asks the server.</summary>
    public static MySqlServer Ask(MySqlConnection connection, CancellationToken cancellationToken)
    {
        var facts = MySqlQuery.Read(connection, Facts, [], row => row, cancellationToken)[0];
        var grants = MySqlQuery.Read(
            connection,
            "show grants",
            [],
            row => Convert.ToString(row[0], CultureInfo.InvariantCulture) ?? "",
            cancellationToken
        );
        var collations = MySqlQuery.Read(
            connection,
            Collations,
            [],
            row => (Charset: (string)row[0], Collation: (string)row[1]),
            cancellationToken
        );
        return Of(
            (string)facts[0],
            (string)facts[1],
            Convert.ToInt32(facts[2], CultureInfo.InvariantCulture) != 0,
            Convert.ToUInt64(facts[3], CultureInfo.InvariantCulture),
            grants,
            collations
        );
    }

    /// <summary>Understands what the server said.</summary>
    public static MySqlServer Of(
        string version,
        string account,
        bool ignoresCase,
        ulong session,
        IEnumerable<string> grants,
        IEnumerable<(string Charset, string Collation)> collations
    )
    {
        var isMariaDb = version.Contains("mariadb", StringComparison.OrdinalIgnoreCase);
        // Some proxies put an old version before MariaDB's own.
        var text = version.StartsWith("5.5.5-", StringComparison.Ordinal) ? version[6..] : version;
        var rights = GlobalRights(grants);
        var binary = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (charset, collation) in collations)
        {
            // The shortest comes last and stays: utf8mb4_bin, and not utf8mb4_0900_bin.
            binary[charset] = collation;
        }

        return new()
        {
            IsMariaDb = isMariaDb,
            Version = Version.TryParse(Digits().Match(text).Value, out var parsed) ? parsed : new(5, 0),
            Account = account,
            IgnoresCase = ignoresCase,
            Session = session,
            ShowsReplica =
                rights.Overlaps(["ALL PRIVILEGES", "SUPER", "REPLICATION CLIENT", "REPLICA MONITOR", "SLAVE MONITOR"])
                && (
                    !isMariaDb
                    || parsed < new Version(10, 5, 2)
                    || rights.Overlaps(["ALL PRIVILEGES", "REPLICA MONITOR", "SLAVE MONITOR"])
                ),
            ShowsTransactions = rights.Overlaps(["ALL PRIVILEGES", "PROCESS"]),
            BinaryCollations = binary,
        };
    }

    private static HashSet<string> GlobalRights(IEnumerable<string> grants)
    {
        var rights = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var match in grants.Select(grant => GlobalGrant().Match(grant)).Where(match => match.Success))
        {
            rights.UnionWith(match.Groups["rights"].Value.Split(',', StringSplitOptions.TrimEntries));
        }

        return rights;
    }

    [GeneratedRegex(@"^\d+(?:\.\d+){1,2}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex(
        @"^GRANT (?<rights>[A-Z_, ]+) ON \*\.\* TO ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex GlobalGrant();
}
