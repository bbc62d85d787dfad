namespace Sluice.Core.Models;

/// <summary>A CSV file of the project that is a table: dbt's seed.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Digest">A digest of its content.</param>
/// <param name="ColumnTypes">Types of columns that are not to be guessed, in the engine's words.</param>
public sealed record SeedFile(string Path, string Digest, IReadOnlyDictionary<string, string> ColumnTypes);
