using MySqlConnector;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.MySql;

/// <summary>A statement whose rows are being read. Ending it early ends it in the server, too.</summary>
internal sealed class MySqlStream : IDisposable
{
    private readonly MySqlCommand _command;
    private readonly MySqlPage _page;
    private readonly MySqlRow _row;

    private MySqlStream(MySqlCommand command, MySqlPage page, MySqlDataReader rows) =>
        (_command, _page, _row) = (command, page, new(rows));

    /// <summary>The table that is read.</summary>
    public string Table => _page.Table;

    /// <summary>Whether all rows were read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether the rest is so little that it is read and thrown away.</summary>
    public bool IsDrained { get; set; }

    /// <summary>Prepares the statement, unless the session has it already, and runs it.</summary>
    public static MySqlStream Start(
        MySqlConnection connection,
        MySqlPage page,
        int timeoutSeconds,
        CancellationToken cancellationToken
    )
    {
        var command = page.CommandOf(connection, timeoutSeconds);
        try
        {
            using var registration = MySqlCancel.Register(command, cancellationToken);
            using (SilenceLimit.Begin(connection, timeoutSeconds))
            {
                command.Prepare();
            }

            return new(command, page, command.ExecuteReader());
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    /// <summary>Copies rows until the page is full or there are none.</summary>
    /// <returns>How many rows.</returns>
    public int Fill(RowPage page, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var registration = MySqlCancel.Register(_command, cancellationToken);
        ColumnBuffer[] columns = [.. page.Columns];
        var count = 0;
        try
        {
            while (count < limit && !page.IsFull)
            {
                if (!_row.Read())
                {
                    IsAtEnd = true;
                    break;
                }

                _page.Copy(_row, columns);
                count++;
            }
        }
        catch (Exception failure) when (failure is not MySqlValueException)
        {
            // The server has ended it already.
            IsDrained = true;
            throw;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return count;
    }

    /// <summary>The place after the current row.</summary>
    public SourceBound After() => _page.After(_row);

    /// <summary>Names the current row for a message.</summary>
    /// <param name="row">Its number in the page, from 0.</param>
    public string Place(int row) =>
        _page.Place(_row) is { } place
            ? $"at {place}"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"in row {row + 1} of a page");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsAtEnd && !IsDrained)
        {
            MySqlCancel.Run(_command);
        }

        _row.End();
        _command.Dispose();
    }
}
