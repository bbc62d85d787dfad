namespace Sluice.Core.Journeys.Indexes;

/// <summary>A shard of an index.</summary>
/// <param name="Shard">The journeys; its property columns are those of <see cref="JourneyContents.Properties"/>, in that order.</param>
/// <param name="Keys">Per place the user's key.</param>
/// <param name="Layer">0 for what a full build wrote, n for the n-th overlay on it.</param>
public sealed record JourneyPart(JourneyShard Shard, JourneyKeys Keys, int Layer)
{
    /// <summary>
    /// A bit per place, the lowest of a byte first: set where a newer layer has the user, so that the journey here must not
    /// count. Empty where there are none.
    /// </summary>
    public ReadOnlyMemory<byte> Superseded { get; init; }

    /// <summary>Whether a newer layer has the user of a place.</summary>
    public bool IsSuperseded(int place) =>
        !Superseded.IsEmpty && ((Superseded.Span[place / 8] >> (place % 8)) & 1) == 1;

    /// <summary>Users that a newer layer has.</summary>
    public int SupersededUsers
    {
        get
        {
            var users = 0;
            foreach (var bits in Superseded.Span)
            {
                users += System.Numerics.BitOperations.PopCount(bits);
            }

            return users;
        }
    }
}
