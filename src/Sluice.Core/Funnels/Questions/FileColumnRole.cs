namespace Sluice.Core.Funnels.Questions;

/// <summary>What a column of a user's file means, and what such columns are called elsewhere.</summary>
/// <param name="Name">Its name where nothing else is said, which is also the one in <c>--columns</c>.</param>
/// <param name="Column">The column that is to have the meaning.</param>
/// <param name="Says">What it says, for an error.</param>
/// <param name="Usual">Names of such columns without case and separators, the likeliest first.</param>
internal sealed record FileColumnRole(string Name, string Column, string Says, IReadOnlyList<string> Usual)
{
    private static readonly IReadOnlyList<string> Users =
    [
        .. "userid user uid distinctid userpseudoid customerid customer visitorid visitor clientid anonymousid accountid memberid personid actorid".Split(
            ' '
        ),
    ];

    private static readonly IReadOnlyList<string> Events =
    [
        .. "event eventname name eventtype type action activity".Split(' '),
    ];

    private static readonly IReadOnlyList<string> Times =
    [
        .. "time timestamp ts eventtime eventtimestamp datetime occurredat createdat date at".Split(' '),
    ];

    private static readonly IReadOnlyList<string> Properties = ["properties", "props", "params"];

    /// <summary>The meanings that a file must have.</summary>
    public static IReadOnlyList<FileColumnRole> Of(EventTable columns)
    {
        var roles = new List<FileColumnRole>
        {
            new("user_id", columns.User, "whose event it is", Users),
            new("event", columns.Event, "what happened", Events),
        };
        if (columns.Time is { } time)
        {
            roles.Add(new("time", time, "when it happened", Times));
        }

        if (columns.Session is { } session)
        {
            roles.Add(new("session_id", session, "to which session it belongs", ["sessionid", "session"]));
        }

        if (columns.Properties is { } properties)
        {
            roles.Add(new("properties", properties, "what else is known", Properties));
        }

        return roles;
    }

    /// <summary>Whether it is the time, of whose column nothing was said.</summary>
    public bool IsUsualTime => Name == "time" && Column == Name;

    /// <summary>How to name the columns that were not found, with the likeliest of the others.</summary>
    /// <param name="missing">Those not found.</param>
    /// <param name="free">The columns that have no meaning yet, in the order of the file.</param>
    public static string Suggest(IReadOnlyList<FileColumnRole> missing, IReadOnlyList<string> free)
    {
        // Of a column that was named by hand the usual one may be there.
        if (missing.FirstOrDefault(role => free.Contains(role.Name, StringComparer.OrdinalIgnoreCase)) is { } usual)
        {
            return $"Leave {usual.Name}={usual.Column} out of --columns: then '{usual.Name}' is read.";
        }

        var names = missing.Select(role => (role.Name, Likely: role.Likeliest(free))).ToList();
        var pairs = string.Join(',', names.Select(name => $"{name.Name}={name.Likely ?? "COLUMN"}"));
        var option = pairs.Contains(' ', StringComparison.Ordinal) ? $"\"{pairs}\"" : pairs;
        return names.TrueForAll(name => name.Likely is not null)
            ? $"Did you mean --columns {option}?"
            : $"Say which column it is: --columns {option}";
    }

    /// <summary>The column that is called like one of JSON properties; null where none is.</summary>
    public static string? LikelyProperties(IEnumerable<string> columns) =>
        columns.FirstOrDefault(column => Properties.Contains(Bare(column), StringComparer.OrdinalIgnoreCase));

    /// <summary>Of some columns the one that seems to be meant; null where none does.</summary>
    public string? Likeliest(IReadOnlyList<string> free) =>
        Usual
            .SelectMany(usual =>
                free.Where(column => string.Equals(Bare(column), usual, StringComparison.OrdinalIgnoreCase))
            )
            .Concat(Nearest.Near(Column, free, column => [column]))
            .FirstOrDefault();

    private static string Bare(string column) => string.Concat(column.Where(char.IsLetterOrDigit));
}
