namespace Sluice.Lake.Sqlite;

/// <summary>A column as the database declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DeclaredType">The type's text; empty where none was declared.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="KeyPlace">Its place in the primary key, from 1; 0 where it is not in it.</param>
internal readonly record struct SqliteColumn(
    string Name,
    string DeclaredType,
    bool IsNullable = true,
    int KeyPlace = 0
);
