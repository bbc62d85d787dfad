using System.Globalization;

namespace Sluice.Core.Docs;

/// <summary>Instants as the page shows them: UTC, to the second.</summary>
internal static class DocsTime
{
    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
