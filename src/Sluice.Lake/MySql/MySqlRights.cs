using MySqlConnector;
using Sluice.Core.Extraction;

namespace Sluice.Lake.MySql;

/// <summary>Finds the rights that a session lacks, by asking for no rows of each table.</summary>
internal static class MySqlRights
{
    public static IReadOnlyList<string> FindMissing(
        MySqlConnection connection,
        MySqlServer server,
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken
    )
    {
        var missing = new List<string>();
        foreach (var table in tables)
        {
            var name = MySqlName.Parse(table.Name);
            var columns = table.Selected.Concat(table.Key).Append(table.Cursor).OfType<string>().Distinct().ToList();
            var select = table.Selected.Count == 0 ? "*" : string.Join(", ", columns.Select(MySqlName.Quote));
            if (!IsAllowed(connection, $"select {select} from {name.Quoted} limit 0", cancellationToken))
            {
                missing.Add(
                    $"GRANT SELECT ON {(name with { Database = name.Database ?? connection.Database }).Quoted} TO {AccountOf(server)};"
                );
            }
        }

        return missing;
    }

    // Other errors, such as that of a missing table, are not about rights.
    private static bool IsAllowed(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        try
        {
            MySqlQuery.Read(connection, sql, [], row => row.Length, cancellationToken);
            return true;
        }
        catch (MySqlException failure)
            when (failure.ErrorCode
                    is MySqlErrorCode.TableAccessDenied
                        or MySqlErrorCode.ColumnAccessDenied
                        or MySqlErrorCode.DatabaseAccessDenied
            )
        {
            return false;
        }
        catch (MySqlException failure)
            when (failure.ErrorCode is MySqlErrorCode.NoSuchTable or MySqlErrorCode.BadFieldError)
        {
            return true;
        }
    }

    // The host is what comes after the last @; the user's own name may have one.
    private static string AccountOf(MySqlServer server)
    {
        var at = server.Account.LastIndexOf('@');
        return at < 0
            ? MySqlName.Literal(server.Account)
            : $"{MySqlName.Literal(server.Account[..at])}@{MySqlName.Literal(server.Account[(at + 1)..])}";
    }
}
