using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Core.Upkeep;

/// <summary>Which files of a table are to be joined: each group becomes one file.</summary>
/// <remarks>
/// Only files of one interval are joined, so that a run that replaces an interval finds its rows in files of their own. Only
/// neighbours are, in the order of <see cref="RawColumns.Seq"/>, so that the order of the rows stays.
/// </remarks>
public static class CompactionPlan
{
    /// <summary>The groups, each of two files or more and not above the target together.</summary>
    /// <param name="files">The live files.</param>
    /// <param name="targetBytes">The size that a joined file should come near.</param>
    public static IReadOnlyList<IReadOnlyList<DataFile>> Of(IEnumerable<DataFile> files, long targetBytes)
    {
        ArgumentNullException.ThrowIfNull(files);
        var groups = new List<IReadOnlyList<DataFile>>();
        foreach (var interval in files.GroupBy(file => (file.Interval, file.Ds)))
        {
            var (group, bytes) = (new List<DataFile>(), 0L);
            foreach (var file in interval.OrderBy(file => file.MinValues.GetValueOrDefault(RawColumns.Seq)))
            {
                if (bytes + file.Bytes > targetBytes)
                {
                    groups.Add(group);
                    (group, bytes) = ([], 0);
                }

                group.Add(file);
                bytes += file.Bytes;
            }

            groups.Add(group);
        }

        return [.. groups.Where(group => group.Count > 1)];
    }
}
