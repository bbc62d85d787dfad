namespace Sluice.Core.Scheduling;

/// <summary>Which interval of another DAG a wait means, its offset applied.</summary>
public enum WaitMatch
{
    /// <summary>The one that begins at the same instant: the same logical date.</summary>
    Same,

    /// <summary>The one in which the own interval begins: an hour waits for its day.</summary>
    Containing,

    /// <summary>The last one that is over when the own interval is: a day waits for its last hour.</summary>
    LastEnded,
}
