namespace Sluice.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    // Not [CallerFilePath]: CI builds map source paths to /_/.
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The folder of the real data set beside the checkout; it is no part of the project and may be absent.</summary>
    public static string EcommerceData { get; } =
        Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "ecommerce"));

    private static string Find(string? folder) =>
        folder is null ? throw new InvalidOperationException("Sluice.slnx is not above the tests.")
        : File.Exists(Path.Combine(folder, "Sluice.slnx")) ? folder
        : Find(Path.GetDirectoryName(folder));
}
