using System.Text.Json.Serialization;

namespace Sluice.Lake.Modeling;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(StoredPins))]
[JsonSerializable(typeof(StoredModel))]
[JsonSerializable(typeof(StoredIndex))]
internal sealed partial class ModelingJson : JsonSerializerContext;
