namespace Sluice.Core.Funnels;

/// <summary>The model that holds the properties of users.</summary>
/// <param name="Table">The model.</param>
/// <param name="Key">Its column that names the user.</param>
/// <param name="ValidFrom">The column with the first instant at which a row is valid; null where each user has one row.</param>
/// <param name="ValidTo">The column with the first instant at which it no longer is, null in the row valid now; null where there is none.</param>
public sealed record UserTable(string Table, string Key, string? ValidFrom = null, string? ValidTo = null);
