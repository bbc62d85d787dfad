using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Core;

/// <summary>The digest that dbt's names have in them.</summary>
public static class DbtDigest
{
    /// <summary>The MD5 of the text's UTF-8, in 32 small hexadecimal digits.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "Names as dbt makes them; nothing is kept safe by it.")]
    public static string Of(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
