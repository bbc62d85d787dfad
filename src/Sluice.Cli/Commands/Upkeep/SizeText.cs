using System.Globalization;

namespace Sluice.Cli.Commands.Upkeep;

/// <summary>Sizes as people write them: <c>512KB</c>, <c>128MB</c>, <c>1GB</c>; a kilobyte has 1,024 bytes.</summary>
internal static class SizeText
{
    /// <summary>Reads a size; null where the text is none, or above 1 TB.</summary>
    public static long? Parse(string text)
    {
        var shift =
            text.Length < 3
                ? 0
                : text[^2..].ToUpperInvariant() switch
                {
                    "KB" => 10,
                    "MB" => 20,
                    "GB" => 30,
                    _ => 0,
                };
        return
            shift > 0
            && int.TryParse(text[..^2].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (long)number << shift <= 1L << 40
            ? (long)number << shift
            : null;
    }
}
