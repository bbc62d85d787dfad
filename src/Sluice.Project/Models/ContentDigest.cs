using System.Security.Cryptography;

namespace Sluice.Project.Models;

/// <summary>Names the content of a file.</summary>
internal static class ContentDigest
{
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
