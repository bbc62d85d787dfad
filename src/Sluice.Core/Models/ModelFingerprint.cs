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

            // Data files are written once under unique names: the name stands for the content.
            foreach (var file in source.Files)
            {
                Add(hash, file.Path[(file.Path.LastIndexOf('/') + 1)..]);
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
