using System.Globalization;
using Sluice.Core.Time;

namespace Sluice.Cli.Output;

/// <summary>Instants as ISO 8601 in UTC.</summary>
internal static class InstantText
{
    /// <summary>The text; null for none.</summary>
    public static string? Of(long? micros) =>
        micros is { } at
            ? Micros.ToInstant(at).ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFZ", CultureInfo.InvariantCulture)
            : null;

    /// <summary>The text to the second.</summary>
    public static string Of(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
