using System.Text;

namespace Sluice.IntegrationTests.Scheduling;

/// <summary>What a server was asked.</summary>
internal sealed record WebRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    /// <summary>The body as text.</summary>
    public string Body => Encoding.UTF8.GetString(Bytes);
}
