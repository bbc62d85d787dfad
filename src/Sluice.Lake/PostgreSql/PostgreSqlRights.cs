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

    public static async Task<IReadOnlyList<string>> FindMissingAsync(
        NpgsqlConnection connection,
        PostgreSqlFlags flags,
        PostgreSqlRelation relation,
        SourceTable table,
        CancellationToken cancellationToken
    )
    {
        var user = SqlIdentifier.Quote(flags.User);
        var schema = relation.Name.Schema!;
        var missing = new List<string>();
        if (!await AskAsync(connection, HasSchema, [Text(schema)], cancellationToken))
        {
            missing.Add($"grant usage on schema {SqlIdentifier.Quote(schema)} to {user}");
        }

        var oid = new NpgsqlParameter { Value = (long)relation.Oid, NpgsqlDbType = NpgsqlDbType.Bigint };
        if (await AskAsync(connection, HasTable, [oid], cancellationToken))
        {
            return missing;
        }

        // A table without a key is read by the place of its rows, which is no column that a right could name.
        var columns = await PostgreSqlCatalog.ColumnsAsync(connection, relation, cancellationToken);
        var keys = await PostgreSqlCatalog.UniqueKeysAsync(connection, relation, cancellationToken);
        var names = columns
            .Select(column => column.Name)
            .Where(name => table.Has(name) || keys is [var first, ..] && first.Contains(name))
            .ToArray();
        var wanted = new NpgsqlParameter { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        if (
            names.Length == 0
            || (keys.Count == 0 && relation.HasBlocks)
            || !await AskAsync(connection, HasColumns, [oid.Clone(), wanted], cancellationToken)
        )
        {
            missing.Add($"grant select on {relation.Name.Quoted} to {user}");
        }

        return missing;
    }

    private static NpgsqlParameter Text(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static async Task<bool> AskAsync(
        NpgsqlConnection connection,
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
