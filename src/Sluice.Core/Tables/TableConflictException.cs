using Sluice.Core.Time;

namespace Sluice.Core.Tables;

/// <summary>Another writer committed for the same table and interval; nothing of ours was written.</summary>
/// <param name="message">Which table, which interval.</param>
public sealed class TableConflictException(string message) : PipelineException(message)
{
    /// <summary>The failure of a writer that another one has overtaken.</summary>
    /// <param name="table">The table.</param>
    /// <param name="interval">The interval that both write.</param>
    /// <param name="seen">The other's token.</param>
    /// <param name="own">The own one.</param>
    public static TableConflictException Overtaken(TableId table, DataInterval interval, long seen, long? own) =>
        new(
            FormattableString.Invariant(
                $"Another run has written {interval.Ds} of {table} while this one was at work (token {seen}, and this one has {own}); this one changed nothing."
            )
        )
        {
            Hint = "Run it again if the other run's rows are not what you want.",
        };
}
