using System.Globalization;
using Sluice.Core.Sql;

namespace Sluice.IntegrationTests.Models;

/// <summary>
/// A small shop over some days in which everything happens that may: events that arrive days late, in one instant, twice on different
/// days and from two browsers; sign-ins after the visits they decide about; users who change and who come late.
/// </summary>
internal sealed class StarWorld
{
    public const int Days = 3;

    private const int Users = 4;
    private const int MinutesOfDay = 1440;
    private static readonly DateTime Start = new(2015, 5, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Random _random;
    private readonly List<(int Day, string Row)> _events = [];
    private readonly List<(int Day, string Row)> _users = [];

    public StarWorld(int seed)
    {
        _random = new Random(seed);
        for (var message = 0; message < 60; message++)
        {
            AddMessage(message);
        }

        // As the source numbers them, which is not the order in which they are sent.
        var ids = Enumerable.Range(1, _events.Count).ToArray();
        _random.Shuffle(ids);
        for (var i = 0; i < ids.Length; i++)
        {
            _events[i] = (_events[i].Day, string.Create(CultureInfo.InvariantCulture, $"({ids[i]}, {_events[i].Row})"));
        }

        for (var user = 1; user <= Users; user++)
        {
            for (var day = _random.Next(1, Days + 1); day <= Days; day++)
            {
                var channel = Chance(30) ? "paid_ads" : "search";
                _users.Add((day, $"({user}, date '2015-01-01', 'Mobile', 'Male', '{channel}')"));
            }
        }
    }

    /// <summary>The days in another order.</summary>
    public int[] AnyOrder()
    {
        var days = Enumerable.Range(1, Days).ToArray();
        _random.Shuffle(days);
        return days;
    }

    /// <summary>The users as a copy of a day has them.</summary>
    public string UsersOf(int day) =>
        Select("user_id, date, device, sex, channel", _users.Where(row => row.Day == day).Select(row => row.Row));

    /// <summary>The events that arrived from one day to another, both included.</summary>
    public string EventsOf(int from, int to) =>
        Select(
            "event_id, message_id, anonymous_id, user_id, session_id, event, page, product, occurred_at, sent_at, received_at, device, channel, properties",
            _events.Where(row => row.Day >= from && row.Day <= to).Select(row => row.Row)
        );

    private void AddMessage(int message)
    {
        var kind = _random.Next(10) switch
        {
            < 6 => "page",
            < 9 => "sign_in",
            _ => "sign_out",
        };
        var browser = Chance(5) ? "null" : $"'browser {_random.Next(5)}'";
        var user = kind == "sign_in" || Chance(20) ? $"{_random.Next(1, Users + 1)}" : "null";
        // Few different minutes, so that many are of one instant.
        var occurred = (_random.Next(Days) * MinutesOfDay) + (10 * _random.Next(12));
        var late = Chance(40) ? _random.Next(2 * MinutesOfDay) : 0;
        var received = Math.Min(occurred + late, (Days * MinutesOfDay) - 1);
        var session = Chance(50) ? "null" : $"'session {_random.Next(6)}'";
        var page = kind == "page" && !Chance(5) ? $"'step{_random.Next(1, 7)}'" : "null";
        var text =
            $"{session}, '{kind}', {page}, {(Chance(20) ? "null" : "'lamp'")}, {Time(occurred)}, {Time(occurred + late)}";
        var name = Chance(3) ? "null" : $"'message {message}'";
        Add(browser, received);
        while (Chance(30))
        {
            // What the browser sends again may arrive before what it sent first.
            Add(Chance(20) ? $"'browser {_random.Next(5)}'" : browser, _random.Next(occurred, Days * MinutesOfDay));
        }

        void Add(string from, int at) =>
            _events.Add(
                (
                    1 + (at / MinutesOfDay),
                    $"{name}, {from}, {user}, {text}, {Time(at)}, {(Chance(20) ? "null" : "'Mobile'")}, 'search', '{{}}'"
                )
            );
    }

    private bool Chance(int percent) => _random.Next(100) < percent;

    private static string Time(int minutes) =>
        $"timestamptz {SqlIdentifier.Literal(Start.AddMinutes(minutes).ToString("yyyy-MM-dd HH:mm:ss'+00'", CultureInfo.InvariantCulture))}";

    private static string Select(string columns, IEnumerable<string> rows)
    {
        // A row of nulls gives the types where there is no other.
        var types = string.Join(
            ", ",
            columns
                .Split(", ")
                .Select(name =>
                    $"cast({name} as {(name.EndsWith("_at", StringComparison.Ordinal) ? "timestamptz" : name is "event_id" or "user_id" ? "bigint" : name is "date" ? "date" : "varchar")}) as {name}"
                )
        );
        var nulls = $"({string.Join(", ", columns.Split(", ").Select(_ => "null"))})";
        return $"select {types} from (values {string.Join(", ", rows.Append(nulls))}) as t ({columns}) where coalesce({columns.Split(", ")[0]}, 0) > 0";
    }
}
