namespace Sluice.Cli.Demo;

/// <summary>
/// Draws users one by one until the counts of every cell are used up, in constant memory.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class PopulationState
{
    private const int Year = 2015;

    private readonly CellState[] _cells;
    private readonly SplitMix64 _random;
    private readonly UserIdPermutation _ids;
    private readonly long _users;
    private long _drawn;

    /// <summary>
    /// Prepares <paramref name="users"/> users with the proportions of <paramref name="cells"/>.
    /// </summary>
    public PopulationState(IReadOnlyList<Cell> cells, long users, SplitMix64 random)
    {
        _cells = [.. CellPlan.Scale(cells, users).Select(cell => new CellState(cell))];
        _ids = new UserIdPermutation(users, random.Fork());
        _users = users;
        _random = random;
    }

    /// <summary>The next user, or null after the last.</summary>
    public SampleUser? Next()
    {
        if (_drawn == _users)
        {
            return null;
        }

        var state = DrawCell();
        var cell = state.Cell;
        var day = 1 + (int)_random.NextBelow(DateTime.DaysInMonth(Year, cell.Month));
        return new SampleUser
        {
            UserId = _ids[_drawn++],
            FirstVisit = new DateOnly(Year, cell.Month, day),
            Device = cell.Device,
            Sex = cell.Sex,
            Channel = cell.Channel,
            Steps = state.DrawSteps(_random),
        };
    }

    // A cell's chance is its share of the users that are left: sampling without replacement.
    private CellState DrawCell()
    {
        var ticket = _random.NextBelow(_users - _drawn);
        var i = 0;
        while (ticket >= _cells[i].Users)
        {
            ticket -= _cells[i++].Users;
        }

        return _cells[i];
    }
}
