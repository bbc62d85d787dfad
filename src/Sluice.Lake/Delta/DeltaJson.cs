using System.Text.Json.Serialization;

namespace Sluice.Lake.Delta;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DeltaAction))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DeltaJson : JsonSerializerContext;
