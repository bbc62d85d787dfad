using System.Collections.Concurrent;
using Sluice.Core.Tables;

namespace Sluice.Lake.Files;

/// <summary>Compares data files with the checksums in the log. A file that was found sound is not read a second time.</summary>
public sealed class ChecksumCheck : IDataFileCheck
{
    private readonly ConcurrentDictionary<string, bool> _sound = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool IsAsWritten(DataFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Checksum is not { } written || _sound.ContainsKey(file.Path))
        {
            return true;
        }

        return FileChecksum.Of(file.Path) == written && (_sound[file.Path] = true);
    }
}
