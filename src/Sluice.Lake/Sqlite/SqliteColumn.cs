namespace Sluice.Lake.Sqlite;

/// <summary>A column as the database declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DeclaredType">The type's text; empty where none was declared.</param>
internal readonly record struct SqliteColumn(string Name, string DeclaredType);
