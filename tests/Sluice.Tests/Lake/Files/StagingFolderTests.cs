using System.Collections.Concurrent;
using Sluice.Lake.Files;

namespace Sluice.Tests.Lake.Files;

public class StagingFolderTests
{
    [Fact]
    public async Task A_folder_that_many_ask_for_has_one_owner_at_a_time()
    {
        var root = Directory.CreateTempSubdirectory("sluice-test-").FullName;
        try
        {
            var owners = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
            await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(owner => Task.Factory.StartNew(() => Work(owner), TaskCreationOptions.LongRunning))
            );

            Assert.Empty(owners);
            Assert.Empty(Directory.EnumerateFileSystemEntries(root));

            void Work(int owner)
            {
                for (var round = 0; round < 500; round++)
                {
                    using var folder = StagingFolder.Create(root, "same");
                    Assert.True(owners.TryAdd(folder.Path, owner), "Another one has it.");
                    var file = Path.Combine(folder.Path, "file");
                    File.WriteAllText(file, "");
                    Assert.True(File.Exists(file));
                    Assert.True(owners.TryRemove(folder.Path, out _));
                }
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
