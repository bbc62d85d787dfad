namespace Sluice.Core.Models.Testing;

/// <summary>Keeps the rows that tests found, until the test runs again.</summary>
public interface ITestFailureStore
{
    /// <summary>Forgets what the test found last.</summary>
    void Clear(string test);

    /// <summary>An empty folder for what the test finds now.</summary>
    /// <returns>Absolute path.</returns>
    string FolderFor(string test);
}
