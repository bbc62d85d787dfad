using Sluice.Core.Models.Testing;
using Sluice.Lake.Files;

namespace Sluice.Lake.Builds;

/// <summary>Keeps the rows that tests found in <c>.sluice/test_failures</c>, a folder for each test.</summary>
/// <param name="root">Absolute path of the project's <c>.sluice</c> folder.</param>
public sealed class TestFailureFolder(string root) : ITestFailureStore
{
    private readonly string _folder = Path.Combine(root, "test_failures");

    /// <inheritdoc/>
    public void Clear(string test)
    {
        var folder = FolderOf(test);
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, folder);
        }
    }

    /// <inheritdoc/>
    public string FolderFor(string test)
    {
        Clear(test);
        try
        {
            return Directory.CreateDirectory(FolderOf(test)).FullName;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw StorageFault.Of(failure, _folder);
        }
    }

    private string FolderOf(string test) =>
        Path.Combine(_folder, string.Concat(test.Select(sign => char.IsLetterOrDigit(sign) ? sign : '_')));
}
