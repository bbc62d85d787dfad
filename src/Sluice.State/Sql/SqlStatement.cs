using System.Data;
using System.Data.Common;

namespace Sluice.State.Sql;

/// <summary>A statement that is run again and again, each time with all of its values.</summary>
internal sealed class SqlStatement(DbCommand command) : IDisposable
{
    private bool _isPrepared;

    public SqlStatement With(string name, string? value) => With(name, DbType.String, value);

    public SqlStatement With(string name, long? value) => With(name, DbType.Int64, value);

    public SqlStatement With(string name, bool value) => With(name, DbType.Boolean, value);

    public SqlStatement With(string name, DateTimeOffset? value) => With(name, value.ToColumn());

    public void Execute() => Prepared().ExecuteNonQuery();

    public DbDataReader Query() => Prepared().ExecuteReader();

    /// <summary>Reads all rows.</summary>
    public IReadOnlyList<T> Query<T>(Func<DbDataReader, T> read)
    {
        using var rows = Query();
        var all = new List<T>();
        while (rows.Read())
        {
            all.Add(read(rows));
        }

        return all;
    }

    public void Dispose() => command.Dispose();

    private SqlStatement With(string name, DbType type, object? value)
    {
        if (!command.Parameters.Contains(name))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            command.Parameters.Add(parameter);
        }

        command.Parameters[name].Value = value ?? DBNull.Value;
        return this;
    }

    // The types of the values have to be known.
    private DbCommand Prepared()
    {
        if (!_isPrepared)
        {
            command.Prepare();
            _isPrepared = true;
        }

        return command;
    }
}
