namespace Sluice.Core.Funnels;

/// <summary>A period of a date that an answer can be broken down by.</summary>
public enum DatePeriod
{
    /// <summary>The hour: only of an instant, named by its first moment.</summary>
    Hour,

    /// <summary>The day.</summary>
    Day,

    /// <summary>The ISO week, named by its Monday.</summary>
    Week,

    /// <summary>The month of its year, named by its first day.</summary>
    Month,

    /// <summary>The quarter of its year, named by its first day.</summary>
    Quarter,

    /// <summary>The year, named by its first day.</summary>
    Year,

    /// <summary>1 for January to 12, whatever the year.</summary>
    MonthOfYear,

    /// <summary>1 for Monday to 7.</summary>
    DayOfWeek,
}
