using System.Text.Json.Serialization;

namespace Sluice.Core.Extraction;

/// <summary>The JSON of <see cref="ExtractManifest"/>.</summary>
[JsonSerializable(typeof(ExtractManifest))]
internal sealed partial class ExtractJson : JsonSerializerContext;
