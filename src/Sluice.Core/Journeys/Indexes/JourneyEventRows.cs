using Sluice.Core.Sql;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>Cuts the rows of <see cref="JourneySql.Events"/> into users.</summary>
internal sealed class JourneyEventRows(SqlColumns rows, bool integers, CancellationToken cancellationToken)
{
    private int _at;

    /// <summary>Reads all events of the next user; false after the last.</summary>
    public bool TryRead(JourneyBuffer user)
    {
        if (!HasRow())
        {
            return false;
        }

        if (integers)
        {
            user.Start(rows.Numbers(0)[_at]);
        }
        else
        {
            user.Start(rows.Text(0, _at));
        }

        do
        {
            var end = EndOf(user);
            user.Append(rows.Numbers(1)[_at..end], rows.Bytes(2)[_at..end]);
            _at = end;
        } while (_at == rows.Rows && HasRow() && IsOf(user, _at));

        return true;
    }

    private bool HasRow()
    {
        if (_at < rows.Rows)
        {
            return true;
        }

        _at = 0;
        return rows.MoveNext(cancellationToken);
    }

    private int EndOf(JourneyBuffer user)
    {
        var end = _at;
        if (integers)
        {
            var numbers = rows.Numbers(0);
            var number = user.Number;
            while (end < rows.Rows && numbers[end] == number)
            {
                end++;
            }
        }
        else
        {
            while (end < rows.Rows && IsOf(user, end))
            {
                end++;
            }
        }

        return end;
    }

    private bool IsOf(JourneyBuffer user, int row) =>
        integers ? rows.Numbers(0)[row] == user.Number : rows.Text(0, row).SequenceEqual(user.Key);
}
