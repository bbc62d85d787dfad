using System.Globalization;
using System.Text;
using Sluice.Core.Tables;

namespace Sluice.Lake.Files;

/// <summary>Where things lie under a project's <c>.sluice</c> folder.</summary>
/// <param name="root">Absolute path of <c>.sluice</c>.</param>
internal sealed class LakeLayout(string root)
{
    private const string RawZone = "raw";
    private const string MartsZone = "marts";

    /// <summary>The folder of the build files.</summary>
    public string Builds => Path.Combine(root, "builds");

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

    /// <summary>Any name as one safe file name: letters, digits, <c>_</c>, <c>-</c> and inner dots stay, the rest is percent-encoded UTF-8.</summary>
    internal static string Encode(string name)
    {
        var encoded = new StringBuilder();
        foreach (var unit in Encoding.UTF8.GetBytes(name))
        {
            var plain =
                char.IsAsciiLetterOrDigit((char)unit)
                || unit is (byte)'-'
                || (unit is (byte)'_' or (byte)'.' && encoded.Length > 0);
            if (plain)
            {
                encoded.Append((char)unit);
            }
            else
            {
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];

    private static string Decode(string folder) => Uri.UnescapeDataString(Path.GetFileName(folder));
}
