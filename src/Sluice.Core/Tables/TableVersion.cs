namespace Sluice.Core.Tables;

/// <summary>A version of a table that can be found again, and told from that of another table of the same name.</summary>
/// <param name="Incarnation">The identity the table got when it was created: a table that was deleted and made anew has another.</param>
/// <param name="Version">The version, from 0.</param>
public readonly record struct TableVersion(string Incarnation, long Version);
