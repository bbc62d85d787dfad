namespace Sluice.Core.Filters;

/// <summary>The properties of a row: a JSON object in a text.</summary>
public static class JsonProperties
{
    /// <summary>What stands for a list or an object: it is not null and compares with nothing.</summary>
    public static object Nested { get; } = new();

    /// <summary>The value of a key, typed by its JSON value.</summary>
    /// <param name="json">The properties; what is no JSON object has no keys.</param>
    /// <param name="key">A key of the object; of two equal ones the first counts.</param>
    /// <returns>
    /// A string, a bool, a long (an integer that fits), a double (any other number) or <see cref="Nested"/>; null where the key is
    /// missing or its value is.
    /// </returns>
    /// <remarks>Read as DuckDB does: a comma may follow the last element, and NaN and Infinity are numbers.</remarks>
    public static object? Find(string? json, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return json is null ? null : new JsonScanner(json, key).Find();
    }
}
