using System.Runtime.CompilerServices;
using Sluice.Core.Funnels.Evaluation;
using Sluice.Core.Sql;

namespace Sluice.Core.Funnels.Questions;

/// <summary>Cuts the rows of <see cref="EventQuery"/> into units.</summary>
/// <param name="plan">What was asked for.</param>
/// <param name="users">The users' rows; null where none are asked for.</param>
internal sealed class UnitReader(FunnelPlan plan, UserRows? users)
{
    private readonly Dictionary<long, EventKind> _kinds = [];
    private readonly IReadOnlyList<int> _holdColumns = plan.HoldColumns;
    private readonly IReadOnlyList<int> _valueColumns = plan.ValueColumns;
    private readonly ValueReader _values = new();
    private readonly long[] _taken = new long[EventMatch.WordsOf(plan.Funnel)];

    /// <summary>The steps and exclusions that an event read so far can take.</summary>
    public IReadOnlyList<int> Taken => EventMatch.BitsOf(_taken);

    public async IAsyncEnumerable<UnitEvents> ReadAsync(
        SqlResult result,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var rows = result.Rows;
        string? name = null;
        var events = new List<FunnelEvent>();
        var values = new List<PropertyValues>();
        var groups = new Dictionary<PropertyValues, int>();
        while (await result.ReadAsync(cancellationToken))
        {
            var unit = rows.GetString(0);
            if (unit != name)
            {
                if (name is not null)
                {
                    yield return await UnitAsync(name, events, values, cancellationToken);
                }

                (name, events, values) = (unit, [], []);
                groups.Clear();
            }

            var item = EventOf(result, groups);
            if (item.Micros == FunnelEvent.NoTime && plan.AsksTimes)
            {
                continue;
            }

            events.Add(item);
            values.Add(Properties(result, _valueColumns));
        }

        if (name is not null)
        {
            yield return await UnitAsync(name, events, values, cancellationToken);
        }
    }

    /// <summary>The event of the current row.</summary>
    /// <param name="result">The rows.</param>
    /// <param name="groups">The groups of the unit so far.</param>
    public FunnelEvent EventOf(SqlResult result, Dictionary<PropertyValues, int> groups) =>
        new(
            result.Rows.IsDBNull(1) ? FunnelEvent.NoTime : result.Rows.GetInt64(1),
            KindOf(result),
            GroupOf(Properties(result, _holdColumns), groups)
        );

    private async Task<UnitEvents> UnitAsync(
        string name,
        List<FunnelEvent> events,
        List<PropertyValues> values,
        CancellationToken cancellationToken
    ) => new(name, events, values, users is null ? [] : await users.OfAsync(name, cancellationToken));

    private EventKind KindOf(SqlResult result)
    {
        Span<long> words = stackalloc long[_taken.Length];
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = result.Rows.GetInt64(EventQuery.FirstWord + word);
            _taken[word] |= words[word];
        }

        if (words.Length > 1)
        {
            return EventMatch.KindOf(words, plan.Funnel.Steps.Count);
        }

        if (!_kinds.TryGetValue(words[0], out var kind))
        {
            _kinds[words[0]] = kind = EventMatch.KindOf(words, plan.Funnel.Steps.Count);
        }

        return kind;
    }

    private PropertyValues Properties(SqlResult result, IReadOnlyList<int> columns) =>
        columns.Count == 0
            ? PropertyValues.None
            : new([
                .. columns.Select(column =>
                    _values.ReadJson(result.Rows.IsDBNull(column) ? null : result.Rows.GetString(column))
                ),
            ]);

    // Null equals nothing: such an event belongs to no group.
    private static int GroupOf(PropertyValues held, Dictionary<PropertyValues, int> groups)
    {
        if (held.Items.Contains(null))
        {
            return -1;
        }

        if (!groups.TryGetValue(held, out var group))
        {
            groups[held] = group = groups.Count;
        }

        return group;
    }
}
