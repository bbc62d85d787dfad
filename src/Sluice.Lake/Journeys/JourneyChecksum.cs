using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;

namespace Sluice.Lake.Journeys;

/// <summary>Checksums of files: XXH3 of the XXH3 of each chunk, so that all cores can work on one file.</summary>
internal static class JourneyChecksum
{
    private const int Chunk = 1 << 22;

    /// <summary>The checksum of each file, as 16 hexadecimal digits.</summary>
    public static string[] Of(IReadOnlyList<ReadOnlyMemory<byte>> files)
    {
        var hashes = files.Select(file => new byte[(file.Length + Chunk - 1) / Chunk * sizeof(ulong)]).ToArray();
        var chunks = hashes
            .SelectMany((hash, file) => Enumerable.Range(0, hash.Length / sizeof(ulong)).Select(chunk => (file, chunk)))
            .ToArray();
        if (chunks.Length == 1)
        {
            HashChunk(chunks[0]);
        }
        else
        {
            Parallel.ForEach(chunks, HashChunk);
        }

        return [.. hashes.Select(hash => Of(hash))];

        void HashChunk((int File, int Chunk) at)
        {
            var bytes = files[at.File].Span[(at.Chunk * Chunk)..];
            BinaryPrimitives.WriteUInt64LittleEndian(
                hashes[at.File].AsSpan(at.Chunk * sizeof(ulong)),
                XxHash3.HashToUInt64(bytes[..Math.Min(Chunk, bytes.Length)])
            );
        }
    }

    /// <summary>The XXH3 of some bytes, as 16 hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) =>
        XxHash3.HashToUInt64(bytes).ToString("x16", CultureInfo.InvariantCulture);
}
