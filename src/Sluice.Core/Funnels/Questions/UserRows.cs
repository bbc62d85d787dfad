using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Reads the rows of users beside their events: both come ordered by unit.</summary>
/// <param name="result">The rows of <see cref="UserQuery"/>.</param>
/// <param name="properties">Properties per row.</param>
/// <param name="users">Where they come from.</param>
internal sealed class UserRows(SqlResult result, int properties, UserRelation users) : IAsyncDisposable
{
    private bool _started;
    private bool _ended;

    /// <summary>The rows of one unit, by validity; units must be asked for in order.</summary>
    /// <exception cref="PipelineException">A user has several rows at once.</exception>
    public async Task<IReadOnlyList<UserRow>> OfAsync(string unit, CancellationToken cancellationToken)
    {
        if (!_started)
        {
            _started = true;
            await MoveAsync(cancellationToken);
        }

        while (!_ended && result.Rows.GetString(0) != unit)
        {
            await MoveAsync(cancellationToken);
        }

        var rows = new List<UserRow>();
        while (!_ended && result.Rows.GetString(0) == unit)
        {
            if (result.Rows.GetBoolean(1))
            {
                rows.Add(
                    new(
                        OrNull(2),
                        OrNull(3),
                        [
                            .. Enumerable
                                .Range(UserQuery.FirstProperty, properties)
                                .Select(column => SqlValue.Read(result.Rows.GetValue(column))),
                        ]
                    )
                );
            }

            await MoveAsync(cancellationToken);
        }

        ThrowIfOverlapping(rows, unit);
        return rows;
    }

    public ValueTask DisposeAsync() => result.DisposeAsync();

    private async Task MoveAsync(CancellationToken cancellationToken) =>
        _ended = !await result.ReadAsync(cancellationToken);

    private long? OrNull(int column) => result.Rows.IsDBNull(column) ? null : result.Rows.GetInt64(column);

    private void ThrowIfOverlapping(List<UserRow> rows, string unit)
    {
        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i - 1].ToMicros is not { } end || rows[i].FromMicros is not { } start || start < end)
            {
                throw new PipelineException(
                    $"{users.Columns.Table} has several rows for {users.Columns.Key} {unit}: which of its properties count is not clear."
                )
                {
                    Hint = users.Columns.ValidFrom is null
                        ? "Make the model give one row per user, or name valid_from and valid_to under 'users' in sluice.yaml."
                        : $"Make each row of a user end ({users.Columns.ValidTo}) where the next begins ({users.Columns.ValidFrom}).",
                };
            }
        }
    }
}
