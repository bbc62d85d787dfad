using System.Security.Cryptography;
using System.Text;
using Sluice.Core.Sql;

namespace Sluice.Core.Models.Planning;

/// <summary>Digests of what goes into a model's table: equal ones mean the same.</summary>
internal static class ModelFingerprint
{
    /// <summary>The digest of what a statement is, whatever it reads.</summary>
    public static string OfTexts(params IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts)
        {
            Add(hash, text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The digest of all that goes into a model's table.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="statement">The digest of the statement.</param>
    /// <param name="inputs">The digest of each table that it reads, by its name.</param>
    public static string Of(string engine, string statement, IReadOnlyDictionary<string, string> inputs) =>
        OfTexts([
            engine,
            statement,
            .. inputs
                .OrderBy(input => input.Key, StringComparer.Ordinal)
                .SelectMany(input => new[] { input.Key, input.Value }),
        ]);

    /// <summary>The digest of what a raw table has.</summary>
    public static string OfSource(SqlRelation source)
    {
        var texts = new List<string> { source.Table.ToString() };
        texts.AddRange(source.Schema.Columns.Select(column => $"{column.Name} {column.Type}"));
        if (source.Log is { } log)
        {
            texts.Add($"log {log.Cursor} {log.SoftDelete} {string.Join(' ', log.Key)}");
        }

        // The names stand for the content. Joined files have the same, in whatever order they are.
        texts.AddRange(source.Files.SelectMany(file => file.Origins).Order(StringComparer.Ordinal));
        return OfTexts(texts);
    }

    // Each part with its length, so that no two lists of parts read the same.
    private static void Add(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
