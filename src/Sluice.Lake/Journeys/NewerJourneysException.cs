namespace Sluice.Lake.Journeys;

/// <summary>An index has a format that this version does not know.</summary>
/// <param name="format">Its number.</param>
internal sealed class NewerJourneysException(int format) : Exception($"It has format {format}.")
{
    public int Format { get; } = format;
}
