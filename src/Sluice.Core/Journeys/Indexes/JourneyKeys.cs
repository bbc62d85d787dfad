using System.Runtime.InteropServices;
using System.Text;

namespace Sluice.Core.Journeys.Indexes;

/// <summary>The keys of a shard's users, as texts. They are read from where they lie when they are asked for.</summary>
/// <param name="ends">Per place the 4 bytes of the position at which its key begins, and after the last that at which it ends.</param>
/// <param name="text">The keys in UTF-8, one after the other; empty for the empty places.</param>
public sealed class JourneyKeys(ReadOnlyMemory<byte> ends, ReadOnlyMemory<byte> text)
{
    /// <summary>Positions of the keys, as the constructor took them.</summary>
    public ReadOnlyMemory<byte> Ends { get; } = ends;

    /// <summary>The keys, as the constructor took them.</summary>
    public ReadOnlyMemory<byte> Text { get; } = text;

    /// <summary>Number of places.</summary>
    public int Places => (Ends.Length / sizeof(int)) - 1;

    /// <summary>The key of a user.</summary>
    /// <param name="place">The user's place.</param>
    public string this[int place] => Encoding.UTF8.GetString(Utf8(place));

    /// <summary>The key of a user in UTF-8.</summary>
    /// <param name="place">The user's place.</param>
    public ReadOnlySpan<byte> Utf8(int place)
    {
        var positions = MemoryMarshal.Cast<byte, int>(Ends.Span);
        return Text.Span[positions[place]..positions[place + 1]];
    }
}
