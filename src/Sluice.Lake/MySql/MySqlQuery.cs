using MySqlConnector;

namespace Sluice.Lake.MySql;

/// <summary>Runs small statements of our own and gives their rows.</summary>
internal static class MySqlQuery
{
    /// <summary>All rows of a statement.</summary>
    /// <param name="connection">The session.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters, by name.</param>
    /// <param name="convert">Makes something of a row's values.</param>
    /// <param name="cancellationToken">Ends the statement.</param>
    public static List<T> Read<T>(
        MySqlConnection connection,
        string sql,
        IEnumerable<(string Name, object? Value)> parameters,
        Func<object[], T> convert,
        CancellationToken cancellationToken
    )
    {
        using var command = new MySqlCommand(sql, connection);
        using var registration = MySqlCancel.Register(command, cancellationToken);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var found = new List<T>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var values = new object[rows.FieldCount];
            rows.GetValues(values);
            found.Add(convert(values));
        }

        return found;
    }

    /// <summary>The first value of a statement; null where there is none.</summary>
    public static object? Value(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        using var command = new MySqlCommand(sql, connection);
        using var registration = MySqlCancel.Register(command, cancellationToken);
        return command.ExecuteScalar();
    }

    /// <summary>The text of a value; null for a null.</summary>
    public static string? Text(object value) =>
        value is DBNull ? null : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
}
