using Sluice.Lake.Files;

namespace Sluice.Lake.Journeys;

/// <summary>The mapped files of an open index.</summary>
/// <param name="folder">Where they lie, or lay.</param>
/// <param name="parts">Its shards.</param>
internal sealed class JourneyMemory(string folder, IReadOnlyList<StoredPart> parts) : IDisposable
{
    private readonly Dictionary<string, MappedFile> _files = new(StringComparer.Ordinal);

    public string Folder { get; } = folder;

    public IReadOnlyList<StoredPart> Parts { get; } = parts;

    public ReadOnlyMemory<byte> this[StoredFile file] => _files[file.Name].Memory;

    /// <summary>Maps the files and checks every byte.</summary>
    /// <exception cref="IOException">A file is not there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public void Open()
    {
        var files = Parts.SelectMany(part => part.Files).ToList();
        foreach (var file in files)
        {
            try
            {
                _files.Add(file.Name, MappedFile.Open(Path.Combine(Folder, file.Name), file.Bytes));
            }
            catch (InvalidDataException damage)
            {
                throw new InvalidDataException($"{file.Name}: {damage.Message}", damage);
            }
        }

        var sums = JourneyChecksum.Of([.. files.Select(file => this[file])]);
        foreach (var (file, sum) in files.Zip(sums))
        {
            if (sum != file.Checksum)
            {
                throw new InvalidDataException($"{file.Name} does not have the checksum that index.json names.");
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            ((IDisposable)file).Dispose();
        }
    }
}
