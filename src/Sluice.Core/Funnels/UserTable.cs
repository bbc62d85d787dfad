namespace Sluice.Core.Funnels;

/// <summary>The model that holds the properties of users, one row each.</summary>
/// <param name="Table">The model.</param>
/// <param name="Key">Its column that names the user.</param>
public sealed record UserTable(string Table, string Key);
