using Npgsql;
using NpgsqlTypes;
using Sluice.Core.Extraction;

namespace Sluice.Lake.PostgreSql;

/// <summary>What a PostgreSQL database says about its tables. Reading its catalog needs no rights.</summary>
internal static class PostgreSqlCatalog
{
    // An estimate of -1, and before version 14 one of 0 without a block, says that nobody has counted.
    private const string Estimate = """
        case
            when c.relkind = 'p' then (
                select sum(l.reltuples) filter (where l.reltuples >= 0)::bigint
                from pg_partition_tree(c.oid) p join pg_class l on l.oid = p.relid where p.isleaf
            )
            when c.relkind in ('r', 'm') and c.reltuples >= 0 and (c.reltuples > 0 or c.relpages > 0) then c.reltuples::bigint
        end
        """;

    private const string Tables = $"""
        select n.nspname::text, c.relname::text, {Estimate}, c.relkind in ('v', 'm')
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
            and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
            and not exists (
                select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
            )
        """;

    private const string Relation = $"""
        select
            c.oid::bigint,
            n.nspname::text,
            c.relkind in ('r', 'm') and exists (select 1 from pg_am m where m.oid = c.relam and m.amname = 'heap'),
            c.relkind in ('r', 'f') and exists (select 1 from pg_inherits i where i.inhparent = c.oid),
            {Estimate},
            case when c.reltuples > 0 and c.relpages > 0 then c.reltuples::float8 / c.relpages else 60 end,
            case when c.relkind in ('r', 'm') then pg_relation_size(c.oid) / current_setting('block_size')::bigint else 0 end
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relname = $1 and c.relkind in ('r', 'p', 'v', 'm', 'f')
            and case when $2::text is null then n.nspname = any(current_schemas(false)) else n.nspname = $2 end
        order by array_position(current_schemas(false), n.nspname)
        limit 1
        """;

    private const string ColumnsOf = """
        with recursive base (attnum, type, modifier) as (
            select a.attnum, a.atttypid, a.atttypmod
            from pg_attribute a
            where a.attrelid = $1::bigint::oid and a.attnum > 0 and not a.attisdropped
            union all
            select b.attnum, t.typbasetype, case when b.modifier = -1 then t.typtypmod else b.modifier end
            from base b join pg_type t on t.oid = b.type
            where t.typtype = 'd'
        )
        select
            a.attname::text,
            format_type(a.atttypid, a.atttypmod),
            not a.attnotnull,
            t.oid::bigint,
            format_type(t.oid, -1),
            b.modifier,
            t.typtype::text,
            t.typnamespace = 'pg_catalog'::regnamespace,
            (
                select quote_ident(n.nspname) || '.' || quote_ident(c.collname)
                from pg_collation c join pg_namespace n on n.oid = c.collnamespace
                where c.oid = a.attcollation and c.collname <> 'default'
            ),
            exists (
                select 1 from pg_index i
                where i.indrelid = a.attrelid and i.indisvalid and i.indpred is null and i.indkey[0] = a.attnum
            )
        from base b
        join pg_attribute a on a.attrelid = $1::bigint::oid and a.attnum = b.attnum
        join pg_type t on t.oid = b.type and t.typtype <> 'd'
        order by a.attnum
        """;

    private const string UniqueKeysOf = """
        select array(
            select a.attname::text
            from unnest(i.indkey::int2[]) with ordinality k (attnum, place)
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
            where k.place <= i.indnkeyatts
            order by k.place
        )
        from pg_index i
        where i.indrelid = $1::bigint::oid and i.indisunique and i.indisvalid and i.indimmediate
            and i.indpred is null and i.indexprs is null
            and not exists (
                select 1
                from unnest(i.indkey::int2[]) with ordinality k (attnum, place)
                left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                where k.place <= i.indnkeyatts and a.attnotnull is not true
            )
            and not exists (
                select 1
                from unnest(i.indclass::oid[]) o (class) join pg_opclass c on c.oid = o.class
                where not c.opcdefault
            )
            and not exists (
                select 1
                from unnest(i.indkey::int2[], i.indcollation::oid[]) k (attnum, sorted)
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                where k.sorted <> a.attcollation
            )
        order by i.indisprimary desc, i.indnkeyatts, i.indexrelid
        """;

    public static IReadOnlyList<SourceListing> List(NpgsqlConnection connection, string? ownSchema)
    {
        var listings = new List<SourceListing>();
        using var command = new NpgsqlCommand(Tables, connection);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var schema = rows.GetString(0);
            var name = new PostgreSqlName(schema == ownSchema ? null : schema, rows.GetString(1));
            listings.Add(new(name.ToString(), rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.GetBoolean(3)));
        }

        return [.. listings.OrderBy(listing => listing.Name, StringComparer.Ordinal)];
    }

    /// <summary>Finds a table; null where there is none.</summary>
    public static PostgreSqlRelation? Find(NpgsqlConnection connection, PostgreSqlName name)
    {
        using var command = new NpgsqlCommand(Relation, connection);
        command.Parameters.Add(new() { Value = name.Table, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(
            new() { Value = (object?)name.Schema ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }
        );
        using var rows = command.ExecuteReader();
        return rows.Read()
            ? new PostgreSqlRelation
            {
                Oid = (uint)rows.GetInt64(0),
                Name = new(rows.GetString(1), name.Table),
                HasBlocks = rows.GetBoolean(2) && !rows.GetBoolean(3),
                HasHeirs = rows.GetBoolean(3),
                Rows = rows.IsDBNull(4) ? null : rows.GetInt64(4),
                RowsPerBlock = rows.GetDouble(5),
                Blocks = rows.GetInt64(6),
            }
            : null;
    }

    public static IReadOnlyList<PostgreSqlColumn> Columns(NpgsqlConnection connection, PostgreSqlRelation relation)
    {
        var columns = new List<PostgreSqlColumn>();
        using var command = Ask(connection, ColumnsOf, relation);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            columns.Add(
                new()
                {
                    Name = rows.GetString(0),
                    Declared = rows.GetString(1),
                    IsNullable = rows.GetBoolean(2),
                    Type = (uint)rows.GetInt64(3),
                    TypeName = rows.GetString(4),
                    Modifier = rows.GetInt32(5),
                    Sort = rows.GetString(6)[0],
                    IsBuiltIn = rows.GetBoolean(7),
                    Collation = rows.IsDBNull(8) ? null : rows.GetString(8),
                    LeadsIndex = rows.GetBoolean(9),
                }
            );
        }

        return columns;
    }

    /// <summary>The columns of each unique index whose columns cannot be null, the primary key's first.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> UniqueKeys(
        NpgsqlConnection connection,
        PostgreSqlRelation relation
    )
    {
        var keys = new List<IReadOnlyList<string>>();
        if (relation.HasHeirs)
        {
            return keys;
        }

        using var command = Ask(connection, UniqueKeysOf, relation);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            keys.Add(rows.GetFieldValue<string[]>(0));
        }

        return [.. keys.DistinctBy(key => string.Join('\0', key))];
    }

    private static NpgsqlCommand Ask(NpgsqlConnection connection, string sql, PostgreSqlRelation relation)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { Value = (long)relation.Oid, NpgsqlDbType = NpgsqlDbType.Bigint });
        return command;
    }
}
