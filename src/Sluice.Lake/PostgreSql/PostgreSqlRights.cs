using Npgsql;
using NpgsqlTypes;
using Sluice.Core.Extraction;
using Sluice.Core.Sql;

namespace Sluice.Lake.PostgreSql;

/// <summary>What the session may not read, as the statements that would let it.</summary>
internal static class PostgreSqlRights
{
    private const string HasSchema = "select has_schema_privilege($1, 'usage')";

    private const string HasTable = "select has_table_privilege($1::bigint::oid, 'select')";

    private const string HasColumns = """
        select bool_and(has_column_privilege($1::bigint::oid, c, 'select')) from unnest($2::text[]) c
        """;

    public static IReadOnlyList<string> FindMissing(
        NpgsqlConnection connection,
        PostgreSqlFlags flags,
        PostgreSqlRelation relation,
        SourceTable table
    )
    {
        var user = SqlIdentifier.Quote(flags.User);
        var schema = relation.Name.Schema!;
        var missing = new List<string>();
        if (!Ask(connection, HasSchema, [Text(schema)]))
        {
            missing.Add($"grant usage on schema {SqlIdentifier.Quote(schema)} to {user}");
        }

        var oid = new NpgsqlParameter { Value = (long)relation.Oid, NpgsqlDbType = NpgsqlDbType.Bigint };
        if (Ask(connection, HasTable, [oid]))
        {
            return missing;
        }

        // A table without a key is read by the place of its rows, which is no column that a right could name.
        var columns = PostgreSqlCatalog.Columns(connection, relation);
        var keys = PostgreSqlCatalog.UniqueKeys(connection, relation);
        var names = columns
            .Select(column => column.Name)
            .Where(name => table.Has(name) || keys is [var first, ..] && first.Contains(name))
            .ToArray();
        var wanted = new NpgsqlParameter { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        if (
            names.Length == 0
            || (keys.Count == 0 && relation.HasBlocks)
            || !Ask(connection, HasColumns, [oid.Clone(), wanted])
        )
        {
            missing.Add($"grant select on {relation.Name.Quoted} to {user}");
        }

        return missing;
    }

    private static NpgsqlParameter Text(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static bool Ask(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command.ExecuteScalar() is true;
    }
}
