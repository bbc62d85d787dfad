using System.Security.Cryptography;
using System.Text;
using Sluice.Core.Sql;

namespace Sluice.Core.Models;

/// <summary>Names the content of a model's table: equal fingerprints mean the same statement over the same input on the same engine.</summary>
internal static class ModelFingerprint
{
    public static string Of(string engine, string statement, IEnumerable<SqlRelation> sources, IEnumerable<string> refs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, engine);
        Add(hash, statement);
        foreach (var source in sources.OrderBy(relation => relation.Table))
        {
            Add(hash, source.Table.ToString());
            foreach (var column in source.Schema.Columns)
            {
                Add(hash, $"{column.Name} {column.Type}");
            }

            if (source.Log is { } log)
            {
                Add(hash, $"log {log.Cursor} {log.SoftDelete} {string.Join(' ', log.Key)}");
            }

            // The names stand for the content. Joined files have the same, in whatever order they are.
            foreach (var name in source.Files.SelectMany(file => file.Origins).Order(StringComparer.Ordinal))
            {
                Add(hash, name);
            }
        }

        foreach (var fingerprint in refs)
        {
            Add(hash, fingerprint);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Each part with its length, so that no two lists of parts read the same.
    private static void Add(IncrementalHash hash, string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
