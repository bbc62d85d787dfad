using System.Text.Json.Serialization;

namespace Sluice.Lake.Builds;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(StoredBuild))]
internal sealed partial class BuildJson : JsonSerializerContext;
