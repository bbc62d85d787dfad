using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Project.Yaml;

namespace Sluice.Project.Sources;

/// <summary>Reads how a database server is reached: by a URL, by keys, or by a URL with keys over it.</summary>
internal static class ConnectionReader
{
    /// <summary>The keys that name a server.</summary>
    public static readonly string[] Keys =
    [
        "url",
        "host",
        "port",
        "database",
        "user",
        "password",
        "schema",
        "tls",
        "ca_file",
        "certificate_file",
        "key_file",
    ];

    private static readonly Dictionary<string, SourceTls> TlsNames = new(StringComparer.Ordinal)
    {
        ["prefer"] = SourceTls.Prefer,
        ["disable"] = SourceTls.Disable,
        ["require"] = SourceTls.Require,
        ["verify_ca"] = SourceTls.VerifyCa,
        ["verify_full"] = SourceTls.VerifyFull,
    };

    /// <summary>The connection; null, with the problem told, where it does not say what it is to.</summary>
    /// <param name="source">The keys.</param>
    /// <param name="url">The URL, read; null for none.</param>
    /// <param name="references">Resolves secrets.</param>
    /// <param name="root">The project's folder.</param>
    /// <param name="urlKey">The key that the URL stands under.</param>
    public static SourceConnection? Read(
        YamlMap source,
        SourceUrl? url,
        References references,
        string root,
        string urlKey = "url"
    )
    {
        var host = source.Text("host") ?? url?.Host;
        var database = source.Text("database") ?? url?.Path;
        if (string.IsNullOrEmpty(host) || string.IsNullOrEmpty(database))
        {
            source.Report(
                source.Has(urlKey) ? urlKey : null,
                $"the {(urlKey == "url" ? "source" : urlKey)} does not say which {(string.IsNullOrEmpty(host) ? "host" : "database")} it is.",
                "Write url: postgresql://user:${env:PASSWORD}@host:5432/database, or the keys host, database, user and password."
            );
            return null;
        }

        return new SourceConnection
        {
            Host = references.Resolve(host)!,
            Port = source.Has("port") ? source.Number("port", 0, 1, 65_535) : url?.Port,
            Database = references.Resolve(database)!,
            User = references.Resolve(source.Text("user") ?? url?.User),
            Password = references.Resolve(source.Text("password") ?? url?.Password),
            Schema = source.Text("schema") ?? url?.Options.GetValueOrDefault("schema"),
            Tls = ReadTls(source, url, urlKey),
            CaFile = File(source, "ca_file", references, root),
            CertificateFile = File(source, "certificate_file", references, root),
            KeyFile = File(source, "key_file", references, root),
        };
    }

    private static string? File(YamlMap source, string key, References references, string root) =>
        source.Text(key) is { } path ? Path.GetFullPath(references.Resolve(path)!, root) : null;

    private static SourceTls ReadTls(YamlMap source, SourceUrl? url, string urlKey)
    {
        var options = url?.Options ?? new Dictionary<string, string>();
        var text = source.Text("tls") ?? options.GetValueOrDefault("tls") ?? options.GetValueOrDefault("sslmode");
        // PostgreSQL's own words have a hyphen.
        if (text is null || TlsNames.TryGetValue(text.Replace('-', '_'), out var tls))
        {
            tls = text is null ? SourceTls.Prefer : TlsNames[text.Replace('-', '_')];
            foreach (var (name, _) in options.Where(option => option.Key is not ("tls" or "sslmode" or "schema")))
            {
                source.Report(urlKey, $"the option '{name}' of the URL is not known.", "Options are: tls, schema.");
            }

            return tls;
        }

        source.Report(
            source.Has("tls") ? "tls" : urlKey,
            $"'{text}' is no way of encryption.",
            Nearest.Suggest(text, TlsNames.Keys)
        );
        return SourceTls.Prefer;
    }
}
