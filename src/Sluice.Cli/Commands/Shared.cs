using System.CommandLine;
using System.Globalization;
using Sluice.Cli.Output;
using Sluice.Core;
using Sluice.Core.Time;

namespace Sluice.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class Shared
{
    public static Option<string?> Project { get; } =
        new("--project")
        {
            Description =
                "The project's folder. By default the current one, or the nearest above it with a sluice.yaml.",
            HelpName = "DIR",
            Recursive = true,
        };

    public static Option<string?> Date() =>
        new("--date")
        {
            Description =
                "The logical date: the day whose data is meant, in the project's time zone. By default yesterday.",
            HelpName = "YYYY-MM-DD",
        };

    public static Option<bool> Quiet() => new("--quiet") { Description = "Plain lines instead of live progress." };

    public static Option<bool> Reextract() =>
        new("--reextract") { Description = "Read a finished day again and replace what it has." };

    public static Option<bool> Promote() =>
        new("--promote") { Description = "Make the build current even if there is one of a later day." };

    public static Option<bool> FullRefresh() =>
        new("--full-refresh")
        {
            Description = "Build every model, also those whose statement and inputs did not change.",
        };

    public static Option<string?> AsOf() =>
        new("--as-of")
        {
            Description = "Read an older build: its number, or a date for the newest build of that day.",
            HelpName = "BUILD|DATE",
        };

    public static Option<string> Format()
    {
        var option = new Option<string>("--format")
        {
            Description = "How the rows are written: table, csv or json.",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "table",
        };
        return option.AcceptOnlyFromAmong("table", "csv", "json");
    }

    /// <summary>Refuses a number below the least.</summary>
    public static void AtLeast(int least, Option<int> option) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < least)
            {
                result.AddError(
                    string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes a number from {least}.")
                );
            }
        });

    /// <summary>The format that a command line asks for.</summary>
    public static OutputFormat FormatOf(ParseResult parsed, Option<string> format) =>
        Enum.Parse<OutputFormat>(parsed.GetValue(format)!, ignoreCase: true);

    /// <summary>The interval that a date names.</summary>
    /// <exception cref="DefinitionException">The text is no date.</exception>
    public static DataInterval IntervalOf(string? date, TimeZoneInfo zone, TimeProvider clock)
    {
        var day = date is null ? Yesterday(zone, clock) : DateText.Parse(date);
        return DataInterval.StartOf(day, zone) < DataInterval.StartOf(day.AddDays(1), zone)
            ? DataInterval.OfDay(day, zone)
            : throw new DefinitionException(
                $"The time zone {zone.Id} left out {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: there is nothing to load.",
                "Go on with the day after."
            );
    }

    private static DateOnly Yesterday(TimeZoneInfo zone, TimeProvider clock) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).DateTime).AddDays(-1);
}
