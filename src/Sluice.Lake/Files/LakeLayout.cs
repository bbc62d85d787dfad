using System.Globalization;
using System.Text;
using Sluice.Core;
using Sluice.Core.Tables;

namespace Sluice.Lake.Files;

/// <summary>Where things lie under a project's <c>.sluice</c> folder.</summary>
/// <param name="root">Absolute path of <c>.sluice</c>.</param>
internal sealed class LakeLayout(string root)
{
    private const string RawZone = "raw";
    private const string MartsZone = "marts";
    private const int LongestName = 255;

    /// <summary>Absolute path of <c>.sluice</c>.</summary>
    public string Root => root;

    /// <summary>The folder of the build files.</summary>
    public string Builds => Path.Combine(root, "builds");

    /// <summary>The folder of the journeys indexes.</summary>
    public string Journeys => Path.Combine(root, "journeys");

    /// <summary>The folder of the journals of modeling runs.</summary>
    public string Modeling => Path.Combine(root, "modeling");

    /// <summary>The folder of what is being written and not yet published.</summary>
    public string Staging => Path.Combine(root, "staging");

    /// <summary>The folder of a table.</summary>
    public string FolderOf(TableId table) =>
        table.IsMart
            ? Path.Combine(root, "lake", MartsZone, Encode(table.Name))
            : Path.Combine(root, "lake", RawZone, Encode(table.Schema), Encode(table.Name));

    /// <summary>All tables that have a folder.</summary>
    public IEnumerable<TableId> Tables() =>
        FoldersIn(Path.Combine(root, "lake", RawZone))
            .SelectMany(source => FoldersIn(source).Select(table => TableId.Raw(Decode(source), Decode(table))))
            .Concat(FoldersIn(Path.Combine(root, "lake", MartsZone)).Select(table => TableId.Mart(Decode(table))));

    /// <summary>
    /// Any name as one safe file name: letters, digits, <c>-</c>, and inside the name <c>_</c> and <c>.</c> stay; the rest is
    /// UTF-8 in hexadecimal, each byte behind a tilde. Not percent-encoded: readers that take paths for URIs would decode it.
    /// </summary>
    /// <exception cref="PipelineException">The name is empty or too long for a file system.</exception>
    internal static string Encode(string name)
    {
        var encoded = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var inside = encoded.Length > 0;
            if (Rune.IsLetterOrDigit(rune) || rune.Value is '-' || (rune.Value is '_' or '.' && inside))
            {
                encoded.Append(rune);
                continue;
            }

            foreach (var unit in Encoding.UTF8.GetBytes(rune.ToString()))
            {
                encoded.Append('~').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        // Windows drops a dot at the end.
        if (encoded.Length > 0 && encoded[^1] == '.')
        {
            encoded.Remove(encoded.Length - 1, 1).Append("~2E");
        }

        var result = encoded.ToString();
        return Encoding.UTF8.GetByteCount(result) is > 0 and <= LongestName
            ? result
            : throw new PipelineException(
                $"The table '{name}' has no name that a folder could have: it is empty or too long."
            )
            {
                Hint = "Read it through a view with another name.",
            };
    }

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];

    /// <summary>The name that <see cref="Encode"/> has made a file name of.</summary>
    internal static string Decode(string folder) => Uri.UnescapeDataString(Path.GetFileName(folder).Replace('~', '%'));
}
