using Sluice.Core;
using Sluice.Core.Extraction;

namespace Sluice.State.PostgreSql;

/// <summary>The address of a run store: <c>postgresql://user:password@host:5432/database?schema=sluice</c>.</summary>
public static class PostgreSqlUrl
{
    /// <summary>The schema that is meant where none is named.</summary>
    public const string DefaultSchema = "sluice";

    private const int LongestSchema = 40;

    private const string Form =
        "Write postgresql://user:password@host:5432/database?schema=sluice, with special characters of the password as %XX.";

    private static readonly string[] Schemes = ["postgresql", "postgres"];

    private static readonly Dictionary<string, SourceTls> Tls = new(StringComparer.Ordinal)
    {
        ["disable"] = SourceTls.Disable,
        ["prefer"] = SourceTls.Prefer,
        ["require"] = SourceTls.Require,
        ["verify-ca"] = SourceTls.VerifyCa,
        ["verify-full"] = SourceTls.VerifyFull,
    };

    private static readonly Dictionary<string, Func<SourceConnection, string, SourceConnection>> Keys = new(
        StringComparer.Ordinal
    )
    {
        // The folder of a Unix socket has no place before the path.
        ["host"] = (connection, value) => connection with { Host = value },
        ["schema"] = (connection, value) => connection with { Schema = CheckSchema(value) },
        ["sslmode"] = (connection, value) => connection with { Tls = TlsOf(value) },
        ["sslrootcert"] = (connection, value) => connection with { CaFile = value },
        ["sslcert"] = (connection, value) => connection with { CertificateFile = value },
        ["sslkey"] = (connection, value) => connection with { KeyFile = value },
    };

    /// <summary>Whether a text is meant to be such an address, and not a file.</summary>
    public static bool IsUrl(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Schemes.Any(scheme => text.StartsWith($"{scheme}://", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads an address. What is wrong with it is said without showing it: the password is in it.</summary>
    /// <exception cref="DefinitionException">It is no such address.</exception>
    public static SourceConnection Parse(string url)
    {
        if (
            !IsUrl(url)
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.AbsolutePath.Length < 2
            || uri.Fragment.Length > 0
        )
        {
            throw new DefinitionException("The address of the run store is no PostgreSQL URL with a database.", Form);
        }

        var user = uri.UserInfo.Split(':', 2);
        var connection = new SourceConnection
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port < 0 ? null : uri.Port,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
            User = user[0].Length == 0 ? null : Uri.UnescapeDataString(user[0]),
            Password = user.Length == 1 ? null : Uri.UnescapeDataString(user[1]),
            Schema = DefaultSchema,
        };
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = pair.Split('=', 2) is [var key, var text]
                ? (key, Uri.UnescapeDataString(text))
                : (pair, "");
            connection =
                Keys.TryGetValue(name, out var set) && value.Length > 0
                    ? set(connection, value)
                    : throw new DefinitionException(
                        $"The address of the run store has no meaning for '{name}'{(value.Length == 0 ? " without a value" : "")}.",
                        Nearest.Suggest(name, Keys.Keys)
                    );
        }

        return connection.Host.Length > 0
            ? connection
            : throw new DefinitionException("The address of the run store names no host.", Form);
    }

    // Backups have longer names, and PostgreSQL cuts at 63; DbUp does not quote.
    internal static string CheckSchema(string name) =>
        name.Length <= LongestSchema
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
        && !char.IsAsciiDigit(name[0])
            ? name
            : throw new DefinitionException(
                $"'{name}' cannot be the schema of the run store.",
                "Take small letters, digits and _, at most 40 of them, with no digit first."
            );

    private static SourceTls TlsOf(string mode) =>
        Tls.TryGetValue(mode, out var tls)
            ? tls
            : throw new DefinitionException(
                $"The address of the run store has sslmode '{mode}', which there is not.",
                Nearest.Suggest(mode, Tls.Keys)
            );
}
