namespace Sluice.Core.Models.Resuming;

/// <summary>Whose a modeling run is.</summary>
/// <param name="Journals">Where its journal is.</param>
/// <param name="DagId">The DAG.</param>
/// <param name="Token">The fencing token of who works on it now; null takes one above all that were seen, and then nobody is in the way.</param>
public sealed record ModelingClaim(IModelingJournals Journals, string DagId, long? Token)
{
    /// <summary>That of a run whose tasks are all in this process.</summary>
    public static ModelingClaim InProcess() => new(new MemoryModelingJournals(), "", Token: null);

    /// <summary>Stops who comes after a later one.</summary>
    /// <param name="seen">A token that was seen.</param>
    /// <param name="what">What was done with it: <c>pinned the inputs of 2015-05-01</c>.</param>
    /// <exception cref="PipelineException">It is greater than the own one.</exception>
    public void ThrowIfOvertaken(long seen, string what)
    {
        if (Token < seen)
        {
            throw Overtaken(what, FormattableString.Invariant($" (token {seen}, and this one has {Token})"));
        }
    }

    internal static PipelineException Overtaken(string what, string tokens = "") =>
        new($"Another run has {what} meanwhile{tokens}; this one changed nothing.")
        {
            Hint = "Nothing is to be done: the other run goes on. Run it again if its result is not what you want.",
        };
}
