using System.CommandLine;
using Sluice.Cli.Commands;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Funnels;
using Sluice.Core.Funnels.Questions;
using Sluice.Core.Time;

namespace Sluice.Cli.Funnels;

/// <summary>The options of <c>sluice funnel</c>, and the request that they make.</summary>
internal sealed class FunnelCommandLine
{
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "A funnel of funnels/. Every option below changes it for this time.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly FunnelKeyOptions _keys = new();

    private readonly Option<string?> _definition = Text(
        "--definition",
        "FILE",
        "A funnel from a YAML file, in the notation of funnels/."
    );

    private readonly Option<string?> _events = Text(
        "--events",
        "FILE",
        "Read events from a CSV, JSON lines or Parquet file with the columns user_id, event and time, in place of a build."
    );

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description =
            "With --events: columns that have other names, as user_id=uid,time=ts; also event, session_id (for --unit session) and properties (a JSON object). Can be repeated.",
        HelpName = "user_id=A",
    };

    private readonly Option<string?> _timeZone = Text(
        "--timezone",
        "ZONE",
        "With --events: the zone of dates, periods and times without an offset, as Europe/Berlin. By default the project's, else UTC."
    );

    private readonly Option<string?> _asOf = Shared.AsOf();

    private readonly Option<string> _format = Word(
        "--format",
        "FORMAT",
        "How it is written: table, json, csv or html (not of --users and --why).",
        "table",
        [.. Enum.GetNames<FunnelFormat>().Select(Lower)]
    );

    private readonly Option<string?> _trend = Word(
        "--trend",
        "PERIOD",
        "Show the funnel for each period of entry: day, week, month, quarter or year.",
        null,
        ["day", "week", "month", "quarter", "year"]
    )!;

    private readonly Option<bool> _compare = new("--compare")
    {
        Description = "Compare with the equally many days before --from.",
    };

    private readonly Option<int?> _bins = new("--bins")
    {
        Description = "Bins of the times from the first step to the last. By default as many as suit them.",
        HelpName = "N",
    };

    private readonly Option<string?> _users = Text(
        "--users",
        "STEP",
        "List the users who came to a step: its number or its name."
    );

    private readonly Option<bool> _dropped = new("--dropped")
    {
        Description = "With --users: those who came to the step before and not to this one.",
    };

    private readonly Option<string?> _why = Text(
        "--why",
        "USER",
        "Show how one user was counted: which events were used, and by which rule the others were not."
    );

    private readonly Option<bool> _explain = new("--explain")
    {
        Description = "Say which engine answers, in which way, and why.",
    };

    private readonly Option<string> _engine = Word(
        "--engine",
        "ENGINE",
        "What counts: auto, index, sql or reference. All count the same.",
        "auto",
        [.. Enum.GetNames<FunnelEngine>().Select(Lower)]
    );

    /// <summary>Gives the command its argument and options, in the order of its help.</summary>
    public void AddTo(Command command)
    {
        command.Add(_name);
        foreach (
            var option in new Option[] { _definition }
                .Concat(_keys.All)
                .Concat([
                    _events,
                    _columns,
                    _timeZone,
                    _asOf,
                    _format,
                    _trend,
                    _compare,
                    _bins,
                    _users,
                    _dropped,
                    _why,
                    _explain,
                    _engine,
                ])
        )
        {
            command.Add(option);
        }
    }

    /// <summary>What the line asks; null where it asks for nothing but the list of funnels.</summary>
    /// <exception cref="Core.DefinitionException">It asks for things that do not go together; all are named.</exception>
    public FunnelRequest? Parse(ParseResult line)
    {
        var given = line.CommandResult.Command.Options.Where(option => line.GetResult(option) is { Implicit: false });
        if (line.GetValue(_name) is null && !given.Any())
        {
            return null;
        }

        var request = new FunnelRequest
        {
            Project = line.GetValue(Shared.Project),
            Name = line.GetValue(_name),
            Definition = line.GetValue(_definition),
            Arguments = _keys.Read(line),
            Events = line.GetValue(_events),
            Columns = line.GetValue(_columns) is { Length: > 0 } columns ? EventColumns.Parse(columns) : null,
            AsOf = line.GetValue(_asOf),
            Subject =
                line.GetValue(_users) is not null ? FunnelSubject.Users
                : line.GetValue(_why) is not null ? FunnelSubject.Why
                : line.GetValue(_explain) ? FunnelSubject.Explain
                : FunnelSubject.Answer,
            Options = new FunnelOptions
            {
                Trend = line.GetValue(_trend) is { } trend ? DatePeriods.Find(trend) : null,
                CompareBefore = line.GetValue(_compare),
                Bins = line.GetValue(_bins),
                Engine = Enum.Parse<FunnelEngine>(line.GetValue(_engine)!, ignoreCase: true),
            },
            TimeZone = line.GetValue(_timeZone) is { } zone ? ZoneOf(zone) : null,
            UsersOf = line.GetValue(_users),
            Dropped = line.GetValue(_dropped),
            Why = line.GetValue(_why),
            Format = Enum.Parse<FunnelFormat>(line.GetValue(_format)!, ignoreCase: true),
        };
        FunnelRequestCheck.ThrowIfWrong(request, line.GetValue(_explain));
        return request;
    }

    private static TimeZoneInfo ZoneOf(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new DefinitionException($"There is no time zone '{name}'.", ZoneNames.Suggest(name));

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    private static Option<string> Word(string name, string helpName, string description, string? usual, string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName };
        if (usual is not null)
        {
            option.DefaultValueFactory = _ => usual;
        }

        return option.AcceptOnlyFromAmong(words);
    }

    private static string Lower(string name) => name.ToLowerInvariant();
}
