using System.IO.Hashing;

namespace Sluice.Lake.Files;

/// <summary>The checksum of a data file whose pages have none.</summary>
internal static class FileChecksum
{
    private const int Buffer = 1 << 20;

    /// <summary>XXH128 of all its bytes, as 32 hexadecimal digits.</summary>
    public static string Of(string path)
    {
        using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            Buffer,
            FileOptions.SequentialScan
        );
        var hash = new XxHash128();
        hash.Append(file);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
