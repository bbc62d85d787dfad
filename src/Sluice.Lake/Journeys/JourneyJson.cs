using System.Text.Json.Serialization;

namespace Sluice.Lake.Journeys;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredJourneys))]
internal sealed partial class JourneyJson : JsonSerializerContext;
