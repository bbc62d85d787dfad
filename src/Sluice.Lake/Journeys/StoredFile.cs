namespace Sluice.Lake.Journeys;

/// <summary>A file of an index.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Checksum">As <see cref="JourneyChecksum"/> computes it.</param>
internal sealed record StoredFile(string Name, int Bytes, string Checksum);
