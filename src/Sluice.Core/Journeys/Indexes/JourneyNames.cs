namespace Sluice.Core.Journeys.Indexes;

/// <summary>The names of events and their codes. The commonest 254 have codes of their own; the others share one.</summary>
/// <param name="Coded">The name of code 1, of code 2, and so on; at most 254. An event without a name is called the empty text.</param>
/// <param name="Rare">Names that share <see cref="RareCode"/>, ordered; at most <see cref="MostRare"/>.</param>
/// <param name="MoreRare">Whether there are further ones that <paramref name="Rare"/> does not have.</param>
public sealed record JourneyNames(IReadOnlyList<string> Coded, IReadOnlyList<string> Rare, bool MoreRare = false)
{
    /// <summary>The greatest code of a name of its own.</summary>
    public const int MostCoded = 254;

    /// <summary>The code of all names that have none of their own.</summary>
    public const byte RareCode = 255;

    /// <summary>The most names that <see cref="Rare"/> lists.</summary>
    public const int MostRare = 10_000;

    /// <summary>The code of a name: <see cref="RareCode"/> where it is or may be rare, 0 where no event has it.</summary>
    public byte CodeOf(string name)
    {
        for (var i = 0; i < Coded.Count; i++)
        {
            if (Coded[i] == name)
            {
                return (byte)(i + 1);
            }
        }

        return MoreRare || Rare.Contains(name, StringComparer.Ordinal) ? RareCode : (byte)0;
    }
}
