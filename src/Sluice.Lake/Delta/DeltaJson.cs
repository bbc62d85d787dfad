using System.Text.Json.Serialization;
using Sluice.Lake.Delta.Checkpoints;

namespace Sluice.Lake.Delta;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DeltaAction))]
[JsonSerializable(typeof(LastCheckpoint))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DeltaJson : JsonSerializerContext;
