using System.Text;
using Sluice.Core.Sql;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>Finds the properties of users in the rows of <see cref="JourneySql.Users"/>; users are asked for in order.</summary>
internal sealed class JourneyUserRows(
    SqlColumns rows,
    JourneySource source,
    IReadOnlyList<JourneyCodes> codes,
    CancellationToken cancellationToken
)
{
    private readonly bool _integers = source.HasIntegerUnits;
    private int _at;

    /// <summary>Sets the codes of the user's values; all are 0 where the table does not have the user.</summary>
    /// <exception cref="PipelineException">The user has several rows.</exception>
    public void Read(JourneyBuffer user)
    {
        var order = -1;
        while (HasRow() && (order = Compare(user)) < 0)
        {
            _at++;
        }

        if (order != 0 || !HasRow())
        {
            Array.Clear(user.Values);
            return;
        }

        for (var property = 0; property < codes.Count; property++)
        {
            user.Values[property] = rows.IsNull(property + 1, _at)
                ? (ushort)0
                : codes[property].Of(rows.Text(property + 1, _at));
        }

        _at++;
        if (HasRow() && Compare(user) == 0)
        {
            ThrowTwice(user);
        }
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

    private int Compare(JourneyBuffer user) =>
        _integers ? rows.Numbers(0)[_at].CompareTo(user.Number) : rows.Text(0, _at).SequenceCompareTo(user.Key);

    private void ThrowTwice(JourneyBuffer user)
    {
        var users = source.Users!;
        throw new PipelineException(
            $"{users.Relation.Table.Name} has several rows for {users.Key.Name} {Encoding.UTF8.GetString(user.Key)}: which of its properties count is not clear."
        )
        {
            Hint =
                "Make the model give one row per user, or name valid_from and valid_to under 'users' in sluice.yaml.",
        };
    }
}
