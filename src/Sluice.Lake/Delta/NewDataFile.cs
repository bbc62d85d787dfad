using Sluice.Core.Tables;

namespace Sluice.Lake.Delta;

/// <summary>A staged file that is to become part of a table.</summary>
/// <param name="File">The file.</param>
/// <param name="Ds">Its partition; null in a table without.</param>
/// <param name="Schema">Its columns.</param>
/// <param name="Tags">What the log says of it.</param>
internal sealed record NewDataFile(
    StagedFile File,
    string? Ds,
    TableSchema Schema,
    IReadOnlyDictionary<string, string> Tags
);
